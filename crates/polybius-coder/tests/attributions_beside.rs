//! Attributions by what stands beside them: at the end of a sentence, in the one before, in a quotation of nobody's.

mod spans;
mod trees;

use spans::check;

#[test]
fn who_speaks_at_the_end_of_a_sentence() {
    check(
        "He he PRON PRP 3 nsubj
         was be AUX VBD 3 cop
         kind kind ADJ JJ 7 ccomp
         , , PUNCT , 7 punct
         an a DET DT 6 det
         official official NOUN NN 7 nsubj
         told tell VERB VBD 0 root
         Reuters Reuters PROPN NNP 7 iobj
         . . PUNCT . 7 punct",
        &["an official | told | He was kind"],
    );
    // Parsers hang the speaker on what is said.
    check(
        "He he PRON PRP 2 nsubj
         left leave VERB VBD 0 root
         home home NOUN NN 2 obj
         , , PUNCT , 2 punct
         officials official NOUN NNS 6 nsubj
         confirmed confirm VERB VBD 2 conj
         . . PUNCT . 2 punct",
        &["officials | confirmed | He left home"],
    );
    check(
        "After after ADP IN 2 case
         talks talk NOUN NNS 6 obl
         , , PUNCT , 6 punct
         an a DET DT 5 det
         official official NOUN NN 6 nsubj
         told tell VERB VBD 0 root
         Reuters Reuters PROPN NNP 6 iobj
         . . PUNCT . 6 punct",
        &[],
    );
}

#[test]
fn of_two_subjects_the_nearer_speaks() {
    check(
        "Those those PRON DT 6 nsubj
         struggle struggle VERB VBP 6 ccomp
         , , PUNCT , 6 punct
         the the DET DT 5 det
         minister minister NOUN NN 6 nsubj
         said say VERB VBD 0 root",
        &["the minister | said | Those struggle"],
    );
    check(
        "Columnist columnist NOUN NN 3 nsubj
         Otieno Otieno PROPN NNP 3 nsubj
         said say VERB VBD 0 root
         troops troops NOUN NNS 5 nsubj
         left leave VERB VBD 3 ccomp",
        &["Columnist Otieno | said | troops left"],
    );
}

#[test]
fn what_nobody_named_fears() {
    let fears = |article: &str| {
        format!(
            "Markets market NOUN NNS 2 nsubj
             fell fall VERB VBD 0 root
             amid amid ADP IN 5 case
             {article}
             fears fear NOUN NNS 2 obl
             that that SCONJ IN 8 mark
             troops troops NOUN NNS 8 nsubj
             left leave VERB VBD 5 acl"
        )
    };
    check(&fears("new new ADJ JJ 5 amod"), &[" | new fears | that troops left"]);
    // "the idea that …" is a thought, and nobody's.
    check(&fears("the the DET DT 5 det"), &[]);
    check(
        "Voters voter NOUN NNS 3 nmod:poss
         ' ' PART POS 1 case
         anger anger NOUN NN 6 nsubj
         driven drive VERB VBN 3 acl
         up up ADV RB 4 advmod
         grew grow VERB VBD 0 root",
        &[],
    );
}

#[test]
fn what_is_done_for_a_purpose_is_not_said() {
    check(
        "She she PRON PRP 2 nsubj
         stopped stop VERB VBD 0 root
         to to PART TO 4 mark
         call call VERB VB 2 advcl
         voters voter NOUN NNS 4 obj",
        &[],
    );
    check(
        "She she PRON PRP 2 nsubj
         appeared appear VERB VBD 0 root
         to to PART TO 4 mark
         say say VERB VB 2 advcl
         troops troops NOUN NNS 6 nsubj
         left leave VERB VBD 4 ccomp",
        &["She | to say | troops left"],
    );
    check(
        "Ask ask VERB VB 0 root
         yourself yourself PRON PRP 1 iobj
         why why ADV WRB 5 advmod
         troops troops NOUN NNS 5 nsubj
         left leave VERB VBD 1 ccomp",
        &[],
    );
}

const WE_WANT_PEACE: &str = "“ “ PUNCT `` 3 punct
     We we PRON PRP 3 nsubj
     want want VERB VBP 0 root
     peace peace NOUN NN 3 obj
     with with ADP IN 6 case
     Iran Iran PROPN NNP 4 nmod
     . . PUNCT . 3 punct
     ” ” PUNCT '' 3 punct";

#[test]
fn a_quotation_goes_to_who_spoke_before_it() {
    let before = |said: &str| {
        format!(
            "Otieno Otieno PROPN NNP 2 nsubj
             {said} VERB VBD 0 root
             talks talk NOUN NNS 4 nsubj
             failed fail VERB VBD 2 ccomp
             . . PUNCT . 2 punct

             {WE_WANT_PEACE}"
        )
    };
    let outer = "Otieno | said | talks failed . “ We want peace with Iran . ”";
    check(&before("said say"), &[outer, "We | want | peace with Iran"]);
    // Nobody is known to have spoken: what is wished in the quotation is no claim.
    check(&before("ensured ensure"), &[]);
    check(WE_WANT_PEACE, &[]);
}

#[test]
fn who_continues_speaks_where_something_is_quoted() {
    check(
        "“ “ PUNCT `` 3 punct
         They they PRON PRP 3 nsubj
         left leave VERB VBD 8 ccomp
         Chad Chad PROPN NNP 3 obj
         , , PUNCT , 8 punct
         ” ” PUNCT '' 8 punct
         she she PRON PRP 8 nsubj
         scoffed scoff VERB VBD 0 root",
        &["she | scoffed | “ They left Chad , ”"],
    );
    check(
        "Talks talk NOUN NNS 2 nsubj
         continued continue VERB VBD 0 root
         on on ADP IN 4 case
         Friday Friday PROPN NNP 2 obl",
        &[],
    );
}

#[test]
fn what_a_passive_takes_its_subject_for() {
    check(
        "He he PRON PRP 3 nsubj:pass
         was be AUX VBD 3 aux:pass
         derided deride VERB VBN 0 root
         as as ADP IN 5 case
         weak weak ADJ JJ 3 obl",
        &[" | was derided | He … as weak"],
    );
    check(
        "He he PRON PRP 3 nsubj:pass
         was be AUX VBD 3 aux:pass
         derided deride VERB VBN 0 root",
        &[],
    );
    // Whoever is asked does not ask.
    check(
        "Asked ask VERB VBN 7 advcl
         whether whether SCONJ IN 4 mark
         troops troops NOUN NNS 4 nsubj
         left leave VERB VBD 1 ccomp
         , , PUNCT , 7 punct
         he he PRON PRP 7 nsubj
         smiled smile VERB VBD 0 root",
        &[" | Asked | whether troops left"],
    );
}

#[test]
fn an_adjective_behind_its_noun() {
    check(
        "Officials official NOUN NNS 6 nsubj
         angry angry ADJ JJ 1 amod
         about about ADP IN 5 case
         the the DET DT 5 det
         delay delay NOUN NN 2 obl
         left leave VERB VBD 0 root",
        &["Officials | angry about | the delay"],
    );
    check(
        "Angry angry ADJ JJ 2 amod
         officials official NOUN NNS 3 nsubj
         left leave VERB VBD 0 root",
        &[],
    );
}

#[test]
fn the_word_that_hands_over_belongs_to_the_cue() {
    check(
        "Chad Chad PROPN NNP 2 nsubj
         showed show VERB VBD 0 root
         interest interest NOUN NN 2 obj
         in in SCONJ IN 5 mark
         leaving leave VERB VBG 3 acl
         Libya Libya PROPN NNP 5 obj",
        &["Chad | showed interest in | leaving Libya"],
    );
    check(
        "Chad Chad PROPN NNP 2 nsubj
         announced announce VERB VBD 0 root
         plans plan NOUN NNS 2 obj
         to to PART TO 5 mark
         leave leave VERB VB 3 acl
         Libya Libya PROPN NNP 5 obj",
        &["Chad | announced plans | to leave Libya"],
    );
}

#[test]
fn whoever_adds_is_whoever_said() {
    check(
        "Otieno Otieno PROPN NNP 2 nsubj
         said say VERB VBD 0 root
         rebels rebel NOUN NNS 4 nsubj
         left leave VERB VBD 2 ccomp
         , , PUNCT , 6 punct
         adding add VERB VBG 4 advcl
         that that SCONJ IN 9 mark
         talks talk NOUN NNS 9 nsubj
         failed fail VERB VBD 6 ccomp",
        &["Otieno | said | rebels left", "Otieno | adding | that talks failed"],
    );
}

#[test]
fn a_fact_about_what_is_said_is_told_beside_it() {
    let law = |which: &str| {
        format!(
            "They they PRON PRP 2 nsubj
             said say VERB VBD 0 root
             Chad Chad PROPN NNP 4 nsubj
             repealed repeal VERB VBD 2 ccomp
             the the DET DT 6 det
             law law NOUN NN 4 obj
             , , PUNCT , 6 punct
             {which}"
        )
    };
    check(
        &law("which which PRON WDT 9 nsubj\n passed pass VERB VBD 6 acl:relcl"),
        &["They | said | Chad repealed the law"],
    );
    check(
        &law("which which PRON WDT 10 nsubj\n will will AUX MD 10 aux\n hurt hurt VERB VB 6 acl:relcl"),
        &["They | said | Chad repealed the law , which will hurt"],
    );
    check(
        "They they PRON PRP 2 nsubj
         back back VERB VBP 0 root
         Otieno Otieno PROPN NNP 2 obj
         , , PUNCT , 6 punct
         a a DET DT 6 det
         lawyer lawyer NOUN NN 3 appos",
        &["They | back | Otieno"],
    );
}
