//! What a slot holds, as the codebook's classes see it: `#country`, `#armed`, `#place`, `#number`.

use polybius_codebook::{Class, Form, Kind};
use polybius_document::{MentionKind, Relation, TokenId, Upos};

use crate::Participant;
use crate::participants::{Resolver, Side};

impl Resolver<'_> {
    /// Whether the phrase headed by `head` is of `class`.
    pub(crate) fn is_class(&self, head: TokenId, class: Class) -> bool {
        let token = self.document.token(head);
        match class {
            Class::Number => token.upos() == Upos::Num || token.children_by(Relation::Nummod).next().is_some(),
            Class::Place => self.names.over(head).is_some_and(|name| {
                matches!(name.mention, Some(MentionKind::Gpe | MentionKind::Loc | MentionKind::Fac))
                    || name.rows.iter().any(|&row| {
                        matches!(self.codebook.entities.row(row).form, Form::Capital)
                            || matches!(
                                self.kind_of(self.codebook.entities.row(row).entity),
                                Kind::Country | Kind::Territory
                            )
                    })
            }),
            _ => self.resolve(head, Side::Actor).is_some_and(|participant| self.participant_is(&participant, class)),
        }
    }

    fn participant_is(&self, participant: &Participant, class: Class) -> bool {
        let kind = participant.entity.map(|entity| self.kind_of(entity));
        let sector = participant.sector.map(|sector| self.codebook.ontology.sector(sector));
        match class {
            Class::Actor => true,
            Class::Country => kind == Some(Kind::Country),
            Class::Person => kind == Some(Kind::Person),
            Class::Body => matches!(kind, Some(Kind::Body | Kind::Organisation)),
            Class::Outlet => kind == Some(Kind::Outlet),
            Class::Armed | Class::Civilian => sector.is_some_and(|sector| sector.class == Some(class)),
            Class::Place | Class::Number => false,
        }
    }
}
