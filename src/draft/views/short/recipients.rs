//! Who receives data: the recipients that sentences name, and the services.

use super::{Certainty, Drafter, Statement};
use crate::document::Item;
use crate::policy::{ClauseValue, Entry, Head};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::{fill, templates as t};

/// Recipients with what they receive data for.
struct Line {
    who: Vec<Entry>,
    purposes: Vec<Entry>,
    certainty: Certainty,
    facts: Vec<String>,
}

impl<'p> Drafter<'p> {
    /// A line for each purpose that recipients have in common.
    pub(super) fn recipient_items(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let mut lines: Vec<Line> = Vec::new();
        let mut add = |line: Line| match lines
            .iter_mut()
            .find(|known| known.purposes == line.purposes && known.certainty == line.certainty)
        {
            Some(known) => {
                let new: Vec<Entry> = line.who.into_iter().filter(|entry| !known.who.contains(entry)).collect();
                known.who.extend(new);
                known.facts.extend(line.facts);
            }
            None => lines.push(line),
        };
        for id in self.declared(Kind::Engagement) {
            let noun = self.policy.noun(id);
            let purposes = noun.fields.iter().find(|field| &*field.key == "for");
            let purposes = purposes.map_or_else(Vec::new, |field| field.values.clone());
            let facts = vec![noun.id.to_string()];
            add(Line { who: vec![Entry::noun(id)], purposes, certainty: Certainty::Always, facts });
        }
        for statement in statements {
            let plan = &statement.plan;
            let discloses = self.is_class(statement, &[Class::Disclosure])
                && self.is_ours(statement)
                && !plan.is_denied(self.policy)
                && !self.is_past(statement)
                && !self.is_sale(statement);
            let to_others = |entry: &&Entry| !matches!(entry.head, Head::You | Head::We);
            let who: Vec<Entry> = [Slot::With, Slot::To]
                .iter()
                .flat_map(|slot| plan.entries(*slot))
                .filter(to_others)
                .map(|entry| self.bare(entry))
                .collect();
            if !discloses || who.is_empty() || !plan.objects.iter().any(|entry| self.is_data(entry)) {
                continue;
            }
            let purposes = match plan.clause(Slot::For).map(|clause| &clause.value) {
                Some(ClauseValue::List(purposes, _)) => purposes.iter().map(|entry| self.bare(entry)).collect(),
                _ => Vec::new(),
            };
            add(Line { who, purposes, certainty: self.certainty(statement), facts: plan.facts.clone() });
        }
        let mut items = Vec::new();
        for line in lines {
            let who = self.bare_list(&line.who);
            let who = self.led_to(line.facts.first(), who);
            let mut words = who;
            if !line.purposes.is_empty() {
                let purpose = self.briefly(|drafter| drafter.purposes(&line.purposes, Join::And));
                words = fill(t::VIEW_RECIPIENT_FOR, &[("who", &words), ("purpose", &purpose)]);
            }
            words = match line.certainty {
                Certainty::Always => words,
                Certainty::InCases => fill(t::VIEW_IN_CASES, &[("data", &words)]),
                Certainty::Possibly => fill(t::VIEW_POSSIBLY, &[("data", &words)]),
            };
            items.push(self.item(words, line.facts));
        }
        items
    }
}
