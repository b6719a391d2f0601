//! The best tree over a sentence's words with exactly one root (Chu–Liu/Edmonds).

/// No arc may be scored beyond this, so that a forbidden or second root never pays.
const LIMIT: i64 = 1 << 40;

/// The head of each of `n` words, 0 being the root and `i + 1` the word `i`. `scores[dependent * stride + head]` is how good
/// an arc is; sums are exact, because scores are taken in fixed point.
pub(crate) fn best_tree(scores: &[f32], stride: usize, n: usize) -> Vec<usize> {
    let greedy: Vec<usize> = (0..n)
        .map(|word| {
            let row = &scores[word * stride..][..=n];
            (0..=n)
                .filter(|&head| head != word + 1)
                .fold(usize::MAX, |best, head| if best == usize::MAX || row[head] > row[best] { head } else { best })
        })
        .collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let nodes = n + 1;
    let mut fixed = vec![-LIMIT * 4; nodes * nodes];
    for word in 0..n {
        for head in 0..=n {
            if head != word + 1 {
                let score = (f64::from(scores[word * stride + head]) * 65536.0) as i64;
                let root_price = if head == 0 { LIMIT } else { 0 };
                fixed[(word + 1) * nodes + head] = score.clamp(-LIMIT / 512, LIMIT / 512) - root_price;
            }
        }
    }
    let heads = arborescence(&fixed, nodes);
    (1..nodes).map(|node| heads[node]).collect()
}

/// Whether the heads form one tree with one root.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    (0..heads.len()).all(|word| {
        let mut at = word + 1;
        for _ in 0..=heads.len() {
            if at == 0 {
                return true;
            }
            at = heads[at - 1];
        }
        false
    })
}

/// The best spanning arborescence from node 0; `scores[dependent * n + head]`.
fn arborescence(scores: &[i64], n: usize) -> Vec<usize> {
    let mut heads = vec![0; n];
    for node in 1..n {
        let row = &scores[node * n..][..n];
        heads[node] = (0..n)
            .filter(|&head| head != node)
            .fold(usize::MAX, |best, head| if best == usize::MAX || row[head] > row[best] { head } else { best });
    }
    let Some(cycle) = find_cycle(&heads) else { return heads };
    // Contract the cycle to one node, the last of a smaller graph, and solve that.
    let mut in_cycle = vec![false; n];
    for &node in &cycle {
        in_cycle[node] = true;
    }
    let outside: Vec<usize> = (0..n).filter(|&node| !in_cycle[node]).collect();
    let m = outside.len() + 1;
    let contracted = m - 1;
    let mut small = vec![i64::MIN / 4; m * m];
    // For each outside node: the cycle node an arc into the cycle enters at, and the one an arc out of it leaves from.
    let mut enters = vec![0; m];
    let mut leaves = vec![0; m];
    for (a, &node) in outside.iter().enumerate() {
        for (b, &head) in outside.iter().enumerate() {
            small[a * m + b] = scores[node * n + head];
        }
        let best_leave = cycle.iter().copied().max_by_key(|&head| (scores[node * n + head], std::cmp::Reverse(head)));
        let gain = |entry: usize| scores[entry * n + node] - scores[entry * n + heads[entry]];
        let best_enter = cycle.iter().copied().max_by_key(|&entry| (gain(entry), std::cmp::Reverse(entry)));
        if let (Some(leave), Some(enter)) = (best_leave, best_enter) {
            leaves[a] = leave;
            enters[a] = enter;
            small[a * m + contracted] = scores[node * n + leave];
            small[contracted * m + a] = gain(enter);
        }
    }
    let small_heads = arborescence(&small, m);
    for (a, &node) in outside.iter().enumerate() {
        if node != 0 {
            heads[node] = if small_heads[a] == contracted { leaves[a] } else { outside[small_heads[a]] };
        }
    }
    let from = small_heads[contracted];
    heads[enters[from]] = outside[from];
    heads
}

/// A cycle among the heads, if there is one; node 0 has no head.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The score of the best one-root tree, by trying every assignment of heads.
    fn by_trying_all(scores: &[f32], n: usize) -> f32 {
        let mut best = f32::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|word| code / (n + 1).pow(word as u32) % (n + 1)).collect();
            if heads.iter().enumerate().all(|(word, &head)| head != word + 1) && is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(word, head)| scores[word * (heads.len() + 1) + head]).sum()
    }

    #[test]
    fn finds_the_best_tree() {
        let mut seed = 7u64;
        for n in 1..=5 {
            for _ in 0..60 {
                let scores: Vec<f32> = (0..n * (n + 1))
                    .map(|_| {
                        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        (seed >> 54) as f32 / 64.0
                    })
                    .collect();
                let heads = best_tree(&scores, n + 1, n);
                assert!(is_tree(&heads), "{heads:?}");
                let difference = total(&scores, &heads) - by_trying_all(&scores, n);
                assert!(difference.abs() < 1e-3, "{heads:?} is worse by {difference}");
            }
        }
    }
}
