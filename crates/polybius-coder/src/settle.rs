//! Of which country people are whom the text names without one.

use crate::code::Coder;
use crate::matching::Match;
use crate::{Participant, ResolvedBy};

impl Coder<'_> {
    /// People of no stated country ("protesters", "gunmen") count as of the country in which they act or are acted on; soldiers
    /// and police as of the only country near that is not the other side's; all others as of the country of the scene, unless they
    /// are from abroad.
    pub(crate) fn settle(&self, found: &mut Match, country: Option<&str>, force: bool, notes: &mut Vec<String>) {
        // Ministers who quit "the cabinet" are of its country, whichever that is.
        let stated = |side: &[Participant]| {
            let named = side.iter().filter(|one| self.resolver.is_named(one) || one.resolved_by == ResolvedBy::Scene);
            named.filter_map(|one| one.country.clone()).collect::<Vec<_>>()
        };
        let (of_actors, of_recipients) = (stated(&found.actors), stated(&found.recipients));
        // "Police detained Nika Gvaramia": a person whom no codebook knows is of the state whose police it is.
        if let [police] = &*found.actors
            && force
            && police.resolved_by != ResolvedBy::Name
            && self.resolver.is_of_state(police)
        {
            let own = police.country.clone();
            let unknown = |one: &&mut Participant| {
                one.resolved_by == ResolvedBy::UnknownName && one.entity.is_none() && one.country.is_none()
            };
            found.recipients.iter_mut().filter(unknown).for_each(|one| one.country.clone_from(&own));
        }
        let home = found.actors.first().and_then(|one| self.resolver.home_of_groups(one.head, &found.actors)?.country);
        let sides = [(&mut found.actors, &of_recipients, None), (&mut found.recipients, &of_actors, home)];
        for (side, opposite, home) in sides {
            for participant in side.iter_mut().filter(|one| one.entity.is_none() && one.is_of_no_country()) {
                let abroad = || self.resolver.is_from_abroad(self.document.token(participant.head));
                let scene = || self.resolver.country_of_scene(participant.head).filter(|_| !abroad());
                let settled = country
                    .map(|country| (country.to_owned(), "from the place"))
                    .or_else(|| Some((self.other_country_near(participant, opposite)?, "the other one named near")))
                    .or_else(|| Some((home.clone()?, "where the armed group is at home")))
                    .or_else(|| Some((scene()?, "from the scene")));
                if let Some((settled, how)) = settled {
                    notes.push(format!("{}: country {how}", participant.name));
                    participant.country = Some(settled);
                }
            }
        }
    }

    /// For an arm of some state that faces another country or a group: the one country near that is not theirs.
    fn other_country_near(&self, participant: &Participant, opposite: &[String]) -> Option<String> {
        if !self.resolver.is_of_state(participant) || opposite.is_empty() {
            return None;
        }
        let near = self.resolver.countries_near(participant.head);
        let mut others = near.into_iter().filter_map(|one| one.country).filter(|country| !opposite.contains(country));
        others.next().filter(|_| others.next().is_none())
    }
}
