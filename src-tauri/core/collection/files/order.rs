/// What a new place among neighbours takes: the item's own `seq`, and new ones of those neighbours that have none or
/// one that is taken. Neighbours with a `seq` of their own are never renumbered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placement {
    pub(super) own: f64,
    /// Position among the neighbours, and the `seq` from now on.
    pub(super) others: Vec<(usize, f64)>,
}

/// The `seq` behind all others.
pub(super) fn last(neighbours: &[Option<f64>]) -> f64 {
    neighbours.iter().flatten().copied().reduce(f64::max).map_or(1.0, |most| most.floor() + 1.0)
}

/// The place at this position of neighbours that are in order: by `seq`, those without one last.
pub(super) fn place(neighbours: &[Option<f64>], at: usize) -> Placement {
    let mut others = Vec::new();
    let before = numbered(neighbours, at, &mut others);
    let behind = neighbours.get(at..).unwrap_or_default();
    // Neighbours with the same seq cannot stand on both sides of an item: those behind it move up.
    let equal = behind
        .iter()
        .take_while(|seq| matches!((seq, before), (Some(seq), Some(before)) if *seq <= before))
        .count();
    let next = behind.get(equal).copied().flatten();
    let own = between(before, next, equal);
    let mut taken = own;
    for (offset, seq) in behind.iter().enumerate() {
        let Some(seq) = *seq else { break };
        if seq > taken {
            break;
        }
        let later =
            behind.get(offset + 1..).unwrap_or_default().iter().flatten().find(|later| **later > taken);
        let left = equal.saturating_sub(offset + 1);
        taken = between(Some(taken), later.copied(), left);
        others.push((at + offset, taken));
    }
    Placement { own, others }
}

/// The `seq` of the neighbour before, after those without one up to there were given one.
fn numbered(neighbours: &[Option<f64>], at: usize, others: &mut Vec<(usize, f64)>) -> Option<f64> {
    let mut before: Option<f64> = None;
    for (position, seq) in neighbours.iter().enumerate().take(at) {
        before = Some(match (seq, before) {
            (Some(seq), Some(before)) => seq.max(before),
            (Some(seq), None) => *seq,
            (None, before) => {
                let given = before.map_or(1.0, |before| before.floor() + 1.0);
                others.push((position, given));
                given
            }
        });
    }
    before
}

/// A number between two, with room for `more` behind it; a whole one where there is one.
fn between(before: Option<f64>, next: Option<f64>, more: usize) -> f64 {
    match (before, next) {
        (None, None) => 1.0,
        (Some(before), None) => before.floor() + 1.0,
        (None, Some(next)) if next > 0.0 => next / 2.0,
        (None, Some(next)) => next.floor() - 1.0,
        (Some(before), Some(next)) => {
            let parts = u32::try_from(more).unwrap_or(u32::MAX).saturating_add(2);
            let found = before + (next - before) / f64::from(parts);
            // Two neighbours can be so close that no number fits between: then the next ones move up.
            if found > before && found < next { found } else { before.floor() + 1.0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(neighbours: &[Option<f64>], at: usize) -> (f64, Vec<(usize, f64)>) {
        let Placement { own, others } = place(neighbours, at);
        (own, others)
    }

    /// The order of the neighbours with the new one at `at`, by their seq from now on; those without one stay last.
    fn is_in_place(neighbours: &[Option<f64>], at: usize) -> bool {
        let Placement { own, others } = place(neighbours, at);
        let mut now = neighbours.to_vec();
        for (position, seq) in others {
            now[position] = Some(seq);
        }
        let smaller = now.iter().take(at).all(|seq| seq.is_some_and(|seq| seq < own));
        let larger = now.iter().skip(at).all(|seq| seq.is_none_or(|seq| seq > own));
        let numbers: Vec<f64> = now.iter().flatten().copied().collect();
        let is_sorted = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
        smaller && larger && is_sorted
    }

    #[test]
    fn an_item_between_two_gets_the_middle_and_the_neighbours_keep_theirs() {
        assert_eq!(placed(&[Some(1.0), Some(2.0)], 1), (1.5, vec![]));
        assert_eq!(placed(&[Some(1.0), Some(2.0)], 2), (3.0, vec![]));
        assert_eq!(placed(&[Some(1.0), Some(2.0)], 0), (0.5, vec![]));
        assert_eq!(placed(&[], 0), (1.0, vec![]));
    }

    #[test]
    fn neighbours_without_seq_get_one_only_when_they_stand_before() {
        assert_eq!(placed(&[None, None, None], 1), (2.0, vec![(0, 1.0)]));
        assert_eq!(placed(&[Some(4.0), None], 1), (5.0, vec![]));
        assert_eq!(placed(&[Some(4.0), None], 2), (6.0, vec![(1, 5.0)]));
    }

    #[test]
    fn neighbours_with_the_same_seq_move_up_only_behind_the_item() {
        let (own, others) = placed(&[Some(2.0), Some(2.0), Some(3.0)], 1);
        assert!(own > 2.0 && own < 3.0);
        assert_eq!(others.len(), 1);
        assert!(others[0].0 == 1 && others[0].1 > own && others[0].1 < 3.0);
        assert_eq!(
            placed(&[Some(1.0), Some(1.0), Some(2.0), Some(3.0)], 3),
            (2.5, vec![]),
            "others stay as they are"
        );
    }

    #[test]
    fn every_place_is_found_however_close_the_neighbours_are() {
        let close = 1.0_f64.next_up();
        let lists: &[&[Option<f64>]] = &[
            &[Some(1.0), Some(close), Some(close.next_up()), Some(2.0)],
            &[Some(-3.0), Some(0.0), None, None],
            &[Some(1.0), Some(1.0), Some(1.0), Some(1.0)],
            &[Some(0.0), Some(0.0), Some(0.0)],
            &[None, None],
        ];
        for list in lists {
            for at in 0..=list.len() {
                assert!(is_in_place(list, at), "{list:?} at {at}: {:?}", place(list, at));
            }
        }
    }
}
