//! A small map in a vector.

/// A map that is sorted by key.
///
/// It holds what belongs to the requests under way and to the rooms with waiting calls. Finding an
/// entry is a binary search, and inserting one moves those after it in memory. Trees instead would be
/// a third of the code that users of this crate compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + Ord, V> SortedMap<K, V> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns the entry with the lowest key.
    pub(crate) fn first(&self) -> Option<(K, &V)> {
        self.0.first().map(|(key, value)| (*key, value))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        let place = self.place(key).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        let place = self.place(key).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    /// Changes the value of a key, which is the default if it had none.
    pub(crate) fn change<T>(&mut self, key: K, change: impl FnOnce(&mut V) -> T) -> T
    where
        V: Default,
    {
        if let Some(value) = self.get_mut(key) {
            return change(value);
        }
        let mut value = V::default();
        let changed = change(&mut value);
        self.insert(key, value);
        changed
    }

    /// Sets the value of a key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let place = self.place(key);
        if let Ok(place) = place {
            self.0.remove(place);
        }
        let (Ok(place) | Err(place)) = place;
        self.0.insert(place, (key, value));
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let place = self.place(key).ok()?;
        Some(self.0.remove(place).1)
    }

    #[cfg(any(feature = "limits", test))]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Keeps the values for which `keep` returns true.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&mut V) -> bool) {
        self.0.retain_mut(|(_, value)| keep(value));
    }

    fn place(&self, key: K) -> Result<usize, usize> {
        // The latest key is the usual one.
        match self.0.last() {
            Some((last, _)) if *last < key => Err(self.0.len()),
            _ => self.0.binary_search_by(|(known, _)| known.cmp(&key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(keys: &[u64]) -> SortedMap<u64, u64> {
        let mut map = SortedMap::new();
        keys.iter().for_each(|key| map.insert(*key, key * 10));
        map
    }

    #[test]
    fn entries_are_in_the_order_of_their_keys() {
        let entries: Vec<_> = map(&[2, 9, 1, 5]).iter().map(|(key, value)| (key, *value)).collect();
        assert_eq!(entries, [(1, 10), (2, 20), (5, 50), (9, 90)]);
    }

    #[test]
    fn a_key_has_its_latest_value_once() {
        let mut map = map(&[1, 2, 3]);
        map.insert(2, 7);
        assert_eq!((map.len(), map.get(2)), (3, Some(&7)));
    }

    #[test]
    fn a_removed_entry_is_gone_and_the_others_stay() {
        let mut map = map(&[1, 2, 3]);
        assert_eq!((map.remove(2), map.remove(2)), (Some(20), None));
        assert_eq!([1, 2, 3].map(|key| map.get(key).copied()), [Some(10), None, Some(30)]);
    }

    #[test]
    fn a_change_begins_with_the_default() {
        let mut map = map(&[1, 3]);
        assert_eq!([1, 2].map(|key| map.change(key, |value| std::mem::replace(value, 4))), [10, 0]);
        assert_eq!(map.values().copied().collect::<Vec<_>>(), [4, 4, 30]);
    }

    #[test]
    fn what_is_not_kept_is_gone() {
        let mut map = map(&[1, 2, 3]);
        map.retain(|value| *value != 20);
        assert_eq!(map, self::map(&[1, 3]));
    }
}
