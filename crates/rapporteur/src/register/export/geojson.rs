//! Participants as GeoJSON (RFC 7946): a point a state and agreement. What is no state has no point (`geometry` null, as the standard allows).

use std::io::Write;

use serde_json::json;

use super::standing::standings;
use super::state::{iso3, place};
use super::{Done, Snapshot, line};

/// Writes a feature collection, one feature a line.
///
/// # Errors
/// Those of reading and writing.
pub fn geojson(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    writeln!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (at, ((agreement, participant), standing)) in standings(snapshot)?.iter().enumerate() {
        if at > 0 {
            write!(out, ",")?;
        }
        // Longitude first, as the standard asks.
        let geometry = place(participant).map(|p| json!({ "type": "Point", "coordinates": [p.point.1, p.point.0] }));
        let named = |polarity: &str| standing.named.get(polarity).cloned().unwrap_or_default();
        let reached = standing.reached();
        let feature = json!({
            "type": "Feature",
            "id": format!("{agreement} {participant}"),
            "geometry": geometry,
            "properties": {
                "agreement": agreement,
                "agreement_name": snapshot.name(agreement),
                "participant": participant,
                "name": snapshot.name(participant),
                "iso3": iso3(participant),
                "stage": standing.stage(),
                "stage_lo": reached.map(|(lo, _)| lo),
                "stage_hi": reached.map(|(_, hi)| hi),
                "conflict": reached.is_some_and(|(lo, hi)| lo > hi),
                "sides": standing.sides,
                "member": standing.member,
                "named_by": named("+"),
                "opposed_by": named("-"),
                "questioned_by": named("?"),
                "articles": standing.articles.len(),
                "known_from": standing.known_from,
            },
        });
        line(out, &feature)?;
    }
    writeln!(out, "]}}")?;
    Ok(())
}
