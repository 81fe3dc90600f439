//! `is vendor`: what the catalogue says of a vendor becomes a noun's own, as if its author had written it.

use super::Resolver;
use crate::codes::{names, nearest};
use crate::policy::{Entry, Field, Head, Noun, NounId, Value};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::words::{Join, Kind};
use crate::vendors::{self, Given, Key, Origin, Part, VENDORS, Vendor, VendorValue};

impl<'a> Resolver<'a, '_, '_> {
    /// Gives a noun what its kind takes from the vendor it is, when all that its author says is known. The label
    /// was taken where the noun was declared.
    pub(super) fn take(&mut self, id: NounId, entry: &ast::Entry<'a>) {
        let Some(name) = entry.vendor else { return };
        let Some(vendor) = vendors::find(name.value) else {
            let near = nearest(name.value, VENDORS.iter().map(|vendor| vendor.name));
            let instead = "`candor vendors` lists them; of others, say what you know in fields";
            self.sink.report(names::unknown_word(name.span, name.value, "vendor", near, instead));
            return;
        };
        let kind = self.policy.noun(id).kind;
        let mut fits = false;
        for (given, part) in vendors::taken_by(kind) {
            let said = self.says(id, part);
            match given {
                Given::Party if !said => {
                    fits = true;
                    let party = self.party_of(vendor, name.span);
                    self.mention(party, name.span);
                    self.give(id, part, vec![Entry::of_head(Head::Noun(party))], None, name.span);
                }
                // Whose it is the author says himself; the catalogue adds nothing to that.
                Given::Party => {}
                Given::Label => fits = true,
                Given::Fact(key) => {
                    let Some(fact) = vendor.field(key) else { continue };
                    fits = true;
                    if !said {
                        let values = fact.values.iter().map(|value| self.taken_value(*value, name.span)).collect();
                        self.give(id, part, values, Some(fact.origin), name.span);
                    }
                }
            }
        }
        if !fits {
            self.sink.report(names::vendor_not_taken(name.span, name.value, Some(kind.word())));
        }
    }

    /// Whether the author says a part himself; in public or not, it stands in the place of the catalogue's.
    fn says(&self, id: NounId, part: Part) -> bool {
        let noun = self.policy.noun(id);
        let has_field = |key: &str| noun.fields.iter().chain(&noun.internal_fields).any(|field| &*field.key == key);
        match part {
            Part::Label => noun.label.is_some(),
            Part::Link => noun.link.is_some() || has_field(Key::Site.word()),
            Part::Owner => noun.of.is_some(),
            Part::Field(key) => has_field(key),
        }
    }

    fn give(&mut self, id: NounId, part: Part, values: Vec<Entry>, taken: Option<Origin>, span: Span) {
        let Some(noun) = self.policy.nouns.get_mut(id.0 as usize) else { return };
        match part {
            Part::Label => {}
            Part::Link => {
                noun.link = values.into_iter().find_map(|value| match value.head {
                    Head::Value(Value::Link(address)) => Some(address),
                    _ => None,
                });
                noun.link_taken = taken;
            }
            Part::Owner => noun.of = values.into_iter().next().map(Box::new),
            Part::Field(key) => {
                noun.fields.push(Field {
                    key: key.into(),
                    values,
                    join: Join::And,
                    display: None,
                    arms: Vec::new(),
                    taken,
                    span,
                });
            }
        }
    }

    /// The author's party that is the vendor or has its name; else a party of which nothing but the label is said.
    fn party_of(&mut self, vendor: &'static Vendor, span: Span) -> NounId {
        let is_it = |noun: &Noun| noun.kind == Kind::Party && noun.vendor == Some(vendor);
        if let Some(position) = self.policy.nouns.iter().position(is_it) {
            return NounId(position as u32);
        }
        if let Some(id) = self.by_name.get(Kind::Party, vendor.name) {
            return id;
        }
        let id = NounId(self.policy.nouns.len() as u32);
        self.policy.nouns.push(Noun {
            name: Some(vendor.name.into()),
            label: Some(vendor.label.into()),
            vendor: Some(vendor),
            internal: self.internal,
            ..Noun::new(Kind::Party, span)
        });
        id
    }

    fn taken_value(&mut self, value: VendorValue, span: Span) -> Entry {
        let head = match value {
            VendorValue::Text(text) => Head::Value(Value::Text(text.into())),
            VendorValue::Link(address) => Head::Value(Value::Link(address.into())),
            VendorValue::Code(code) => Head::Value(Value::Code(code.into())),
            VendorValue::Place(code) => Head::Value(Value::Place(code.into())),
            VendorValue::Name(kind, name) => match self.find(kind, name, span) {
                Some(id) => {
                    self.mention(id, span);
                    Head::Noun(id)
                }
                // The build knows that the vocabulary has the name.
                None => Head::Everything,
            },
        };
        Entry::of_head(head)
    }
}
