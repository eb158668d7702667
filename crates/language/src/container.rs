//! thinc's model container: a msgpack map of nodes, attributes and arrays, opened without copying the arrays twice.

use rmpv::ValueRef;

/// One node of a thinc model: a layer with its arrays.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) seed: Option<u64>,
    pub(crate) column: Option<u64>,
    arrays: Vec<(String, Array)>,
}

/// An array of 32-bit floats in C order.
#[derive(Debug, Clone)]
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

/// The nodes of a serialised thinc model in the order of its walk. The error says what was expected.
pub(crate) fn nodes(bytes: &[u8]) -> Result<Vec<Node>, String> {
    let value = decode(bytes)?;
    let [names, attributes, parameters] =
        ["nodes", "attrs", "params"].map(|key| get(&value, key).and_then(list).unwrap_or(&[]));
    if names.is_empty() || names.len() != attributes.len() || names.len() != parameters.len() {
        return Err("expected a thinc model: parallel lists `nodes`, `attrs` and `params`".to_owned());
    }
    names
        .iter()
        .zip(attributes)
        .zip(parameters)
        .map(|((node, attributes), parameters)| {
            let name = get(node, "name").and_then(text).ok_or("expected a name in each node")?.to_owned();
            let number = |key| get(attributes, key).and_then(bytes_of).and_then(|b| decode(b).ok()?.as_u64());
            let arrays = pairs(parameters)
                .iter()
                .filter(|(_, value)| !matches!(value, ValueRef::Nil))
                .map(|(key, value)| {
                    let key = text(key).unwrap_or("").to_owned();
                    let array = array(value).map_err(|e| format!("node `{name}`, array `{key}`: {e}"))?;
                    Ok((key, array))
                })
                .collect::<Result<Vec<_>, String>>()?;
            Ok(Node { seed: number("seed"), column: number("column"), name, arrays })
        })
        .collect()
}

impl Node {
    /// The array of that name and shape.
    pub(crate) fn array(&self, name: &str, shape: &[usize]) -> Result<&[f32], String> {
        let array = self.any(name)?;
        if array.shape != shape {
            return Err(format!(
                "node `{}`: expected `{name}` with shape {shape:?}, found {:?}",
                self.name, array.shape
            ));
        }
        Ok(&array.data)
    }

    /// The array of that name, whatever its shape.
    pub(crate) fn any(&self, name: &str) -> Result<&Array, String> {
        let found = self.arrays.iter().find(|(key, _)| key == name);
        found.map(|(_, a)| a).ok_or_else(|| format!("node `{}`: expected an array `{name}`", self.name))
    }
}

/// Those nodes of a name, which must be `n`.
pub(crate) fn named<'a>(nodes: &'a [Node], name: &str, n: usize) -> Result<Vec<&'a Node>, String> {
    let found: Vec<&Node> = nodes.iter().filter(|node| node.name == name).collect();
    if found.len() != n {
        return Err(format!("expected {n} nodes `{name}`, found {}: another architecture", found.len()));
    }
    Ok(found)
}

/// Decodes one msgpack value.
pub(crate) fn decode(mut bytes: &[u8]) -> Result<ValueRef<'_>, String> {
    rmpv::decode::read_value_ref_with_max_depth(&mut bytes, 64)
        .map_err(|e| format!("expected msgpack: {e}; the file may be truncated"))
}

/// The entry of a map.
pub(crate) fn get<'a>(value: &'a ValueRef<'_>, key: &str) -> Option<&'a ValueRef<'a>> {
    pairs(value).iter().find(|(k, _)| bytes_of(k) == Some(key.as_bytes())).map(|(_, v)| v)
}

/// The entries of a map; none of anything else.
pub(crate) fn pairs<'a>(value: &'a ValueRef<'_>) -> &'a [(ValueRef<'a>, ValueRef<'a>)] {
    match value {
        ValueRef::Map(entries) => entries,
        _ => &[],
    }
}

/// The items of an array.
pub(crate) fn list<'a>(value: &'a ValueRef<'_>) -> Option<&'a [ValueRef<'a>]> {
    match value {
        ValueRef::Array(items) => Some(items),
        _ => None,
    }
}

/// A string, from either msgpack's string or its binary type.
pub(crate) fn text<'a>(value: &'a ValueRef<'_>) -> Option<&'a str> {
    std::str::from_utf8(bytes_of(value)?).ok()
}

/// Bytes, from either type: msgpack before version 5 knew only one.
pub(crate) fn bytes_of<'a>(value: &'a ValueRef<'_>) -> Option<&'a [u8]> {
    match value {
        ValueRef::String(s) => Some(s.as_bytes()),
        ValueRef::Binary(b) => Some(b),
        _ => None,
    }
}

/// msgpack-numpy's map of an array.
fn array(value: &ValueRef<'_>) -> Result<Array, String> {
    if get(value, "type").and_then(text) != Some("<f4") {
        return Err("expected 32-bit little-endian floats (`<f4`)".to_owned());
    }
    let shape: Vec<usize> = get(value, "shape")
        .and_then(list)
        .ok_or("expected a shape")?
        .iter()
        .map(|n| n.as_u64().and_then(|n| usize::try_from(n).ok()).ok_or("expected whole numbers in the shape"))
        .collect::<Result<_, _>>()?;
    let data = get(value, "data").and_then(bytes_of).ok_or("expected data")?;
    let n = shape.iter().try_fold(1usize, |n, &m| n.checked_mul(m)).ok_or("expected a smaller shape")?;
    if n.checked_mul(4) != Some(data.len()) {
        return Err(format!("expected {n} numbers of shape {shape:?}, found {} bytes", data.len()));
    }
    let data = data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    Ok(Array { shape, data })
}
