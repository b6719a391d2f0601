//! Memberships: which country was in which organisation, when.

use jiff::civil::Date;

use crate::dates::span_holds;
use crate::{EntityId, PartialDate, Place};

/// One membership over one span of time.
#[derive(Debug, Clone)]
pub struct Membership {
    /// The organisation.
    pub organisation: EntityId,
    /// Its member.
    pub member: EntityId,
    /// Since when; `None`: since ever.
    pub from: Option<PartialDate>,
    /// Until when; `None`: to this day.
    pub until: Option<PartialDate>,
    /// Where the fact is from.
    pub source: Box<str>,
    /// Where it is listed.
    pub place: Place,
}

/// Which country was in which organisation, when.
#[derive(Debug, Clone, Default)]
pub struct Memberships {
    pub(crate) list: Vec<Membership>,
}

impl Memberships {
    /// Every membership, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Membership> {
        self.list.iter()
    }

    /// The members that the organisation had on a day, in the order of the file.
    pub fn members(&self, organisation: EntityId, on: Date) -> impl Iterator<Item = EntityId> {
        let of_it = self.list.iter().filter(move |membership| membership.organisation == organisation);
        of_it.filter(move |membership| membership.holds_on(on)).map(|membership| membership.member)
    }

    /// Whether one was a member of the other on a day.
    pub fn is_member(&self, member: EntityId, organisation: EntityId, on: Date) -> bool {
        self.members(organisation, on).any(|other| other == member)
    }
}

impl Membership {
    /// Whether it held on a day.
    pub fn holds_on(&self, date: Date) -> bool {
        span_holds(self.from, self.until, date)
    }
}
