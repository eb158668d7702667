//! What two rows of words have in common, in order.

/// The places, in both, of the longest common subsequence; where two serve as well, the one that skips words of `a` first. Takes the product of
/// the two lengths in time and space.
pub(crate) fn subsequence<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    // Length of the longest common subsequence of what follows.
    let mut table = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if a[i] == b[j] {
                1 + table[(i + 1) * width + j + 1]
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::subsequence;

    #[test]
    fn what_stands_in_both_in_order() {
        let of = |a: &str, b: &str| subsequence(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(of("abcde", "axcye"), [(0, 0), (2, 2), (4, 4)]);
        assert_eq!(of("ab", "ba"), [(1, 0)]);
        assert_eq!(of("", "a"), []);
    }
}
