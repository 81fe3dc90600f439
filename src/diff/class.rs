//! What sort of change a change is, and whether it matters to readers.
//!
//! A change matters if it takes something from readers or lets more be done with their data. That it matters is said
//! of the class, with its reason; which provision asks for notice of it is a table of the laws.

use serde::{Serialize, Serializer};

/// Whether a change matters to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// It takes something from readers, or lets more be done with their data.
    Material,
    /// Only a person can tell.
    Unclear,
    /// It takes nothing from readers.
    Minor,
}

impl Weight {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Weight::Material => "material",
            Weight::Unclear => "unclear",
            Weight::Minor => "minor",
        }
    }
}

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $name:ident, $code:literal, $weight:ident, $reason:literal;)*) => {
        /// What sort of change a change is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeClass {
            $($(#[doc = $doc])+ $name,)*
        }

        impl ChangeClass {
            /// Every class, what matters most first.
            pub const ALL: &'static [ChangeClass] = &[$(ChangeClass::$name),*];

            /// The name in JSON and in the terminal.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(ChangeClass::$name => $code),* }
            }

            /// Whether it matters to readers.
            #[must_use]
            pub fn weight(self) -> Weight {
                match self { $(ChangeClass::$name => Weight::$weight),* }
            }

            /// Why it matters or not: a sentence for a reviewer.
            #[must_use]
            pub fn reason(self) -> &'static str {
                match self { $(ChangeClass::$name => $reason),* }
            }
        }
    };
}

impl ChangeClass {
    /// Whether the same is said, in more or in less general words.
    #[must_use]
    pub fn is_exactness(self) -> bool {
        matches!(self, ChangeClass::MoreExact | ChangeClass::LessExact)
    }

    /// Whether it is about how long data are kept.
    #[must_use]
    pub fn is_about_retention(self) -> bool {
        use ChangeClass as C;
        matches!(
            self,
            C::RetentionLonger | C::RetentionUnsaid | C::RetentionChanged | C::RetentionShorter | C::RetentionStated
        )
    }
}

impl Serialize for ChangeClass {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

classes! {
    /// Somebody else publishes the policy.
    Controller, "controller", Material, "readers must know who is responsible for their data";
    /// Data is given away for something in return.
    NewSale, "new-sale", Material, "data is given away for something in return, which was not so before";
    /// Data is collected that was not.
    NewData, "new-data", Material, "data is collected that was not collected before";
    /// Data is used for what it was not.
    NewPurpose, "new-purpose", Material, "data is used for something it was not used for before";
    /// Data goes to somebody who did not get it.
    NewRecipient, "new-recipient", Material, "somebody receives data who did not receive it before";
    /// Readers are followed where they were not.
    NewTracking, "new-tracking", Material, "readers are followed in a way they were not before";
    /// Data goes to another country.
    NewTransfer, "new-transfer", Material, "data goes to a place it did not go to before";
    /// Something else is done with data.
    NewUse, "new-use", Material, "something is done with data that was not done before";
    /// Data comes from elsewhere.
    NewSource, "new-source", Material, "data comes from somewhere it did not come from before";
    /// Data stays longer.
    RetentionLonger, "retention-longer", Material, "data is kept longer than before";
    /// Nothing is said any more of how long data stays.
    RetentionUnsaid, "retention-unsaid", Material, "nothing limits any more how long data is kept";
    /// Readers lose a say in it.
    BasisWeaker, "basis-weaker", Material, "readers can no longer end it by withdrawing their consent or by objecting";
    /// It rests on something else.
    BasisChanged, "basis-changed", Material, "which rights readers have depends on the legal basis";
    /// Nothing is said any more of what it rests on.
    BasisUnsaid, "basis-unsaid", Material, "the policy no longer says what allows it";
    /// Nothing is said any more of what protects data in another country.
    SafeguardUnsaid, "safeguard-unsaid", Material, "the policy no longer says what protects data in another country";
    /// Data is protected in fewer ways.
    ProtectionRemoved, "protection-removed", Material, "data is protected in fewer ways than before";
    /// A right is gone.
    RightRemoved, "right-removed", Material, "readers could rely on a right that is no longer given";
    /// Readers are told that they cannot do something.
    RightDenied, "right-denied", Material, "readers are denied something they were not denied before";
    /// A promise is gone.
    PromiseRemoved, "promise-removed", Material, "readers could rely on a promise that is no longer made";
    /// Something holds for less, or under more conditions, to the disadvantage of readers.
    PromiseNarrower, "promise-narrower", Material, "a promise or a right holds in fewer cases or gives less than before";
    /// Something is promised less firmly.
    PromiseLooser, "promise-looser", Material, "a promise is less firm than before";
    /// A practice holds in more cases.
    ReachWider, "reach-wider", Material, "something is done in more cases than before";
    /// Something happens later than it was promised.
    DeadlineLonger, "deadline-longer", Material, "readers wait longer than before";
    /// Nothing is said any more of when it happens.
    DeadlineUnsaid, "deadline-unsaid", Material, "the policy no longer says by when it happens";
    /// How to reach the publisher, or how to use a right.
    ContactChanged, "contact-changed", Material, "readers must know how to use their rights";
    /// Periods that nobody can compare.
    RetentionChanged, "retention-changed", Unclear, "the two periods cannot be compared";
    /// Conditions that nobody can compare.
    ReachChanged, "reach-changed", Unclear, "the conditions cannot be compared";
    /// Time limits that nobody can compare.
    DeadlineChanged, "deadline-changed", Unclear, "the time limits cannot be compared";
    /// A purpose is no longer said, and none remains.
    PurposeUnsaid, "purpose-unsaid", Unclear, "the policy no longer says what the data is for";
    /// A statement of neither sort is new.
    NewStatement, "new-statement", Unclear, "only a person can tell what the new statement means for readers";
    /// A statement of neither sort is gone.
    StatementRemoved, "statement-removed", Unclear, "only a person can tell what the missing statement means for readers";
    /// A statement is another one in some other way.
    Changed, "changed", Unclear, "only a person can tell what the change means for readers";
    /// A word means something else.
    DefinitionChanged, "definition-changed", Unclear, "what is said of a word changes with its meaning";
    /// What is said of a service, a tracker, a right or the like.
    DetailChanged, "detail-changed", Unclear, "only a person can tell what the change means for readers";
    /// The people that are addressed.
    ReadersChanged, "readers-changed", Unclear, "the policy addresses other people than before";
    /// What the policy holds for.
    ScopeChanged, "scope-changed", Unclear, "the policy holds for something else than before";
    /// Text that the author wrote as it is printed.
    ProseChanged, "prose-changed", Unclear, "the text is the author's own, and only a person can compare it";
    /// Other words for what the authors alone give a meaning.
    WordsChanged, "words-changed", Unclear, "the words are the author's own, and only a person can tell whether they still mean the same";
    /// Data stays less long.
    RetentionShorter, "retention-shorter", Minor, "data is kept less long than before";
    /// How long data stays is said now.
    RetentionStated, "retention-stated", Minor, "how long data is kept was not said before";
    /// What it rests on is said now.
    BasisStated, "basis-stated", Minor, "the legal basis was not said before";
    /// What protects data in another country is said now.
    SafeguardStated, "safeguard-stated", Minor, "what protects data in another country was not said before";
    /// Data is protected in more ways.
    ProtectionAdded, "protection-added", Minor, "data is protected in more ways than before";
    /// A practice holds in fewer cases.
    ReachNarrower, "reach-narrower", Minor, "something is done in fewer cases than before";
    /// A practice is said more firmly.
    Firmer, "firmer", Minor, "what could happen before is now said to happen";
    /// A practice is said less firmly.
    Looser, "looser", Minor, "what was said to happen can now happen";
    /// Something happens sooner.
    DeadlineShorter, "deadline-shorter", Minor, "readers wait less long than before";
    /// By when it happens is said now.
    DeadlineStated, "deadline-stated", Minor, "by when it happens was not said before";
    /// A right is new.
    NewRight, "new-right", Minor, "readers can do more than before";
    /// A promise is new.
    NewPromise, "new-promise", Minor, "readers are promised more than before";
    /// A promise holds in more cases.
    PromiseWider, "promise-wider", Minor, "a promise or a right holds in more cases or gives more than before";
    /// A promise is firmer.
    PromiseFirmer, "promise-firmer", Minor, "a promise is firmer than before";
    /// Data is no longer collected.
    DataRemoved, "data-removed", Minor, "less is collected than before";
    /// Data is no longer used for something.
    PurposeRemoved, "purpose-removed", Minor, "data is used for less than before";
    /// Somebody no longer gets data.
    RecipientRemoved, "recipient-removed", Minor, "fewer receive data than before";
    /// Data is no longer given away for something in return.
    SaleRemoved, "sale-removed", Minor, "data is no longer given away for something in return";
    /// Readers are no longer followed.
    TrackingRemoved, "tracking-removed", Minor, "readers are followed less than before";
    /// Data no longer goes to a place.
    TransferRemoved, "transfer-removed", Minor, "data goes to fewer places than before";
    /// Something is no longer done with data.
    UseRemoved, "use-removed", Minor, "less is done with data than before";
    /// Data no longer comes from somewhere.
    SourceRemoved, "source-removed", Minor, "data comes from fewer sources than before";
    /// Readers are no longer denied something.
    RightUndenied, "right-undenied", Minor, "readers are denied less than before";
    /// What was said of more is said of this.
    MoreExact, "more-exact", Minor, "the earlier version said it in more general words";
    /// What was said of this is said of more.
    LessExact, "less-exact", Minor, "a more general statement says it now";
    /// Other words for the same.
    Wording, "wording", Minor, "only the words differ";
}
