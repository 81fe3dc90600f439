//! Where the people live that a policy speaks to, as far as it says so.

use super::orders::Orders;
use super::rows::place_codes;
use crate::policy::NounId;
use crate::vocabulary;

/// Where groups of people live.
pub struct Homes<'p, 'k> {
    orders: &'k Orders<'p>,
}

impl<'p, 'k> Homes<'p, 'k> {
    /// The homes of the people of a policy.
    #[must_use]
    pub fn new(orders: &'k Orders<'p>) -> Homes<'p, 'k> {
        Homes { orders }
    }

    /// The codes of the places where these people live; none if one group of them may live anywhere.
    #[must_use]
    pub fn of(&self, people: &[NounId]) -> Option<Vec<String>> {
        let mut codes = Vec::new();
        for id in people {
            let noun = self.orders.policy().noun(*id);
            let mut own: Vec<String> = place_codes(noun, &["resident"]).map(str::to_owned).collect();
            // What the author says of the people goes before what the vocabulary knows of their kind.
            if own.is_empty() {
                for entry in self.orders.entries(*id) {
                    let fields = vocabulary::entry(*entry).fields.iter().filter(|(key, _)| *key == "resident");
                    own.extend(fields.flat_map(|(_, values)| values.iter().map(|value| (*value).to_owned())));
                }
            }
            if own.is_empty() {
                return None;
            }
            codes.extend(own);
        }
        (!codes.is_empty()).then_some(codes)
    }
}
