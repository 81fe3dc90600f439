//! Cookies and similar technologies in one line.

use super::{Drafter, Statement};
use crate::document::Item;
use crate::draft::views::cookies::CLASSES;
use crate::policy::{ClauseValue, Condition, DocumentKind, Entry, NounId};
use crate::syntax::words::{Join, Kind, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

impl<'p> Drafter<'p> {
    /// "Cookies and similar technologies: necessary; analytics and advertising only with your consent", with a link
    /// to the cookie policy, else to where the full policy lists them.
    pub(super) fn cookie_item(&mut self, statements: &[Statement<'p>]) -> Option<Item> {
        // One without fields may be named only to say that it is not used.
        let listed = |id: &NounId| !self.policy.is(*id, "log") && !self.policy.noun(*id).fields.is_empty();
        let trackers: Vec<NounId> = self.declared(Kind::Tracker).into_iter().filter(listed).collect();
        let first = *trackers.first()?;
        let mut classes: Vec<(String, Vec<NounId>)> = Vec::new();
        for id in &trackers {
            let class = self.class_words(*id);
            match classes.iter_mut().find(|(known, _)| *known == class) {
                Some((_, members)) => members.push(*id),
                None => classes.push((class, vec![*id])),
            }
        }
        classes.retain(|(class, _)| !class.is_empty());
        let (mut free, mut agreed) = (Vec::new(), Vec::new());
        for (class, members) in classes {
            let words = phrase(class);
            if self.needs_consent(&members, statements) { agreed.push(words) } else { free.push(words) }
        }
        let (has_free, has_agreed) = (!free.is_empty(), !agreed.is_empty());
        let free = self.words.join(free, Join::And);
        let agreed = self.words.join(agreed, Join::And);
        let agreed = self.words.fill(t::VIEW_COOKIES_AGREED, &[("classes", &agreed)]);
        let lead = self.to_cookies(first);
        let data = match (has_free, has_agreed) {
            (true, true) => self.words.fill(t::VIEW_JOINED, &[("first", &free), ("second", &agreed)]),
            (true, false) => free,
            (false, true) => agreed,
            (false, false) => {
                let named: Vec<Entry> = trackers.iter().map(|id| Entry::noun(*id)).collect();
                self.bare_list(&named)
            }
        };
        let words = self.words.fill(t::VIEW_PURPOSE, &[("purpose", &lead), ("data", &data)]);
        let facts = trackers.iter().map(|id| self.policy.noun(*id).id.to_string()).collect();
        Some(self.item(words, facts))
    }

    /// The words that lead to the cookie policy, or to the first tracker of the full policy.
    fn to_cookies(&self, first: NounId) -> Phrase {
        let words = phrase(self.words.of(t::VIEW_COOKIES_SHORT));
        let page = self
            .policy
            .nouns
            .iter()
            .zip(0..)
            .map(|(_, index)| NounId(index))
            .find(|id| self.policy.document_kind(*id) == Some(DocumentKind::CookiePolicy));
        match page {
            Some(page) => {
                let document = Some(self.policy.document_name(page).to_owned());
                let content = words.into_inlines();
                Phrase::from(vec![crate::document::Inline::Reference { content, document, id: String::new() }])
            }
            None => self.full_policy(&self.policy.noun(first).id, words),
        }
    }

    /// The words of the class of a tracker: the author's, else those of the vocabulary; none if it has no class.
    fn class_words(&mut self, id: NounId) -> String {
        let position = self.policy.noun(id).fields.iter().position(|field| &*field.key == "class");
        let Some(position) = position else { return self.standard_class(id).unwrap_or_default().to_owned() };
        let outer = self.set_aside();
        let words = self.briefly(|drafter| drafter.field(id, position)).plain().to_lowercase();
        self.set_aside();
        self.take_up(outer);
        words
    }

    /// Whether whatever is said of a class of trackers and of its members is said only under a consent.
    fn needs_consent(&self, trackers: &[NounId], statements: &[Statement<'p>]) -> bool {
        let classes: Vec<&str> =
            CLASSES.into_iter().filter(|class| trackers.iter().any(|id| self.policy.is(*id, class))).collect();
        let of_class = |id: NounId| {
            let tracker = self.policy.noun(id).kind == Kind::Tracker;
            trackers.contains(&id) || tracker && classes.iter().any(|class| self.policy.is(id, class))
        };
        let about: Vec<&Statement<'_>> = statements
            .iter()
            .filter(|statement| {
                let mut named = statement.plan.objects.iter().filter_map(crate::policy::Entry::noun_id);
                !statement.plan.is_denied(self.policy) && self.is_ours(statement) && named.any(of_class)
            })
            .collect();
        !about.is_empty()
            && about.iter().all(|statement| {
                statement.plan.clauses.iter().any(|clause| {
                    clause.only && matches!(clause.slot, Slot::When | Slot::Under) && self.is_consent(&clause.value)
                })
            })
    }

    fn is_consent(&self, value: &ClauseValue) -> bool {
        let consent = |id: NounId| self.policy.noun(id).kind == Kind::Basis && self.policy.is(id, "consent");
        match value {
            ClauseValue::List(entries, Join::And) => entries.iter().any(|entry| entry.noun_id().is_some_and(consent)),
            ClauseValue::Condition(Condition::Test(test)) => !test.not && test.entry.noun_id().is_some_and(consent),
            ClauseValue::List(..)
            | ClauseValue::Condition(Condition::Joined(..))
            | ClauseValue::Topic(..)
            | ClauseValue::Flag
            | ClauseValue::Guarded(_) => false,
        }
    }
}
