//! Packs put together: what a rule is when everything that it takes from others stands in it.

use jiff::civil::Date;

use super::{Class, Condition, Demand, Limit, Pack, Rule};

/// Packs in a fixed order, with their rules put together.
#[derive(Clone, Debug, Default)]
pub struct Library<'a> {
    packs: Vec<&'a Pack>,
}

/// A rule as a pack asks for it, with all that it takes from others.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The pack that asks, which need not be the one that the rule stands in.
    pub pack: &'a Pack,
    /// The rule as it is written.
    pub rule: &'a Rule,
    /// When it applies.
    pub conditions: &'a [Condition],
    /// What must be there.
    pub demands: &'a [Demand],
    /// What to do.
    pub help: &'a str,
    /// What would meet it.
    pub edits: &'a [String],
    /// The codes of the findings under any law that tell of the same fault.
    pub restates: &'a [String],
    /// The packs whose classes and limits it may name, the nearest first.
    pub scope: Vec<&'a Pack>,
}

impl<'a> Library<'a> {
    /// A library of these packs.
    #[must_use]
    pub fn new(packs: impl IntoIterator<Item = &'a Pack>) -> Library<'a> {
        Library { packs: packs.into_iter().collect() }
    }

    /// The packs, in their order.
    #[must_use]
    pub fn packs(&self) -> &[&'a Pack] {
        &self.packs
    }

    /// The pack with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'a Pack> {
        self.packs.iter().copied().find(|pack| pack.name == name)
    }

    /// The rules of a pack in their order, behind them those that it takes from others.
    #[must_use]
    pub fn rules(&self, pack: &str) -> Vec<Found<'a>> {
        let Some(pack) = self.find(pack) else { return Vec::new() };
        let mut rules = Vec::new();
        self.gather(pack, pack, &[], &mut Vec::new(), &mut rules);
        rules
    }

    /// A rule by its code: `gdpr/retention-missing`.
    #[must_use]
    pub fn rule(&self, code: &str) -> Option<Found<'a>> {
        let (pack, rule) = code.split_once('/')?;
        self.rules(pack).into_iter().find(|found| found.rule.name == rule)
    }

    fn gather(
        &self,
        asking: &'a Pack,
        owner: &'a Pack,
        except: &[&str],
        path: &mut Vec<&'a str>,
        rules: &mut Vec<Found<'a>>,
    ) {
        // A pack that takes itself is refused where packs are read; this holds for one that nobody checked.
        if path.contains(&owner.name.as_str()) {
            return;
        }
        path.push(&owner.name);
        let wanted = owner.rules.iter().filter(|rule| !except.contains(&rule.name.as_str()));
        rules.extend(wanted.map(|rule| self.put_together(asking, owner, rule)));
        for take in &owner.takes {
            let Some(other) = self.find(&take.pack) else { continue };
            let except: Vec<&str> = except.iter().copied().chain(take.except.iter().map(String::as_str)).collect();
            self.gather(asking, other, &except, path, rules);
        }
        path.pop();
    }

    /// A rule with what it has from the rule that it is like.
    fn put_together(&self, asking: &'a Pack, owner: &'a Pack, rule: &'a Rule) -> Found<'a> {
        let mut found = Found {
            pack: asking,
            rule,
            conditions: &rule.conditions,
            demands: &rule.demands,
            help: &rule.help,
            edits: &rule.edits,
            restates: &rule.restates,
            scope: vec![asking],
        };
        self.widen(&mut found.scope, owner);
        let mut next = rule.like.as_deref();
        let mut seen = Vec::new();
        while let Some(code) = next.filter(|code| !seen.contains(code)) {
            seen.push(code);
            let Some((pack, name)) = code.split_once('/') else { break };
            let Some(pack) = self.find(pack) else { break };
            let Some(other) = pack.rules.iter().find(|other| other.name == name) else { break };
            if found.conditions.is_empty() {
                found.conditions = &other.conditions;
            }
            if found.demands.is_empty() {
                found.demands = &other.demands;
            }
            if found.help.is_empty() {
                found.help = &other.help;
            }
            if found.edits.is_empty() {
                found.edits = &other.edits;
            }
            if found.restates.is_empty() {
                found.restates = &other.restates;
            }
            self.widen(&mut found.scope, pack);
            next = other.like.as_deref();
        }
        found
    }

    /// Adds a pack and those it takes from.
    fn widen(&self, scope: &mut Vec<&'a Pack>, pack: &'a Pack) {
        if !scope.iter().any(|other| other.name == pack.name) {
            scope.push(pack);
        }
        for take in &pack.takes {
            if let Some(other) = self.find(&take.pack)
                && !scope.iter().any(|known| known.name == other.name)
            {
                self.widen(scope, other);
            }
        }
    }
}

impl<'a> Found<'a> {
    /// The code of its findings: `gdpr/retention-missing`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}/{}", self.pack.name, self.rule.name)
    }

    /// The provisions with the name of the law that asks, then the other sources.
    #[must_use]
    pub fn provisions(&self) -> Vec<String> {
        let own = self.rule.cite.iter().map(|provision| format!("{} {provision}", self.pack.short));
        own.chain(self.rule.also.iter().cloned()).collect()
    }

    /// Codes of the places whose readers it protects, or names of classes of places.
    #[must_use]
    pub fn readers(&self) -> &'a [String] {
        if self.rule.readers.is_empty() { &self.pack.readers } else { &self.rule.readers }
    }

    /// The first day on which it is asked for. What is taken from another law is asked for when both laws are there.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        let taken = !self.pack.rules.iter().any(|rule| std::ptr::eq(rule, self.rule));
        match self.rule.from {
            Some(day) if taken => Some(self.pack.from.map_or(day, |first| first.max(day))),
            Some(day) => Some(day),
            None => self.pack.from,
        }
    }

    /// The class with this name.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<&'a Class> {
        self.scope.iter().find_map(|pack| pack.classes.iter().find(|class| class.name == name))
    }

    /// The limit with this name.
    #[must_use]
    pub fn limit(&self, name: &str) -> Option<&'a Limit> {
        self.scope.iter().find_map(|pack| pack.limits.iter().find(|limit| limit.name == name))
    }
}
