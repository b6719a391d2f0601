//! The outlines of countries, projected once: the Equal Earth projection, on which areas are true.

use std::collections::BTreeMap;
use std::fmt::Write;

use polybius::Codebook;

/// Countries as paths of SVG, by ISO 3166-1 alpha-3; land of no such code under the empty one.
pub struct Outlines {
    /// The paths.
    pub paths: BTreeMap<String, String>,
}

/// Half of the width of the map, in its own units; the equator is the line 0.
pub const HALF_WIDTH: f64 = 500.0;

impl Outlines {
    /// The outlines of the file beside this, which says where they are from.
    pub fn new(codebook: &Codebook) -> Outlines {
        let mut paths: BTreeMap<String, String> = BTreeMap::new();
        for line in include_str!("../map/outlines.txt").lines() {
            let (key, rings) = line.split_once('\t').expect("a line is a key and its rings");
            let country = codebook.countries.iter().find(|country| *country.numeric == *key || *country.name == *key);
            let path = paths.entry(country.map(|country| country.iso3.to_string()).unwrap_or_default()).or_default();
            for ring in rings.split(';') {
                for (index, point) in ring.split(' ').enumerate() {
                    let (longitude, latitude) = point.split_once(',').expect("a point is a pair");
                    let degrees = |tenths: &str| tenths.parse::<f64>().expect("a coordinate is a number") / 10.0;
                    let (x, y) = projected(degrees(longitude), degrees(latitude));
                    let letter = if index == 0 { 'M' } else { 'L' };
                    write!(path, "{letter}{x:.1} {y:.1}").expect("writing to a string cannot fail");
                }
                path.push('Z');
            }
        }
        Outlines { paths }
    }
}

/// Where a place lies on the map: Equal Earth (Šavrič, Patterson and Jenny 2018), from the middle of the map right and down.
pub fn projected(longitude: f64, latitude: f64) -> (f64, f64) {
    const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
    let root = 3_f64.sqrt() / 2.0;
    let theta = (root * latitude.to_radians().sin()).asin();
    let (square, sixth) = (theta.powi(2), theta.powi(6));
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    let x = longitude.to_radians() * theta.cos() / (root * slope);
    let y = theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    // At the equator the map reaches π / (√3/2 · A1) to each side.
    let scale = HALF_WIDTH / (std::f64::consts::PI / (root * A[0]));
    (x * scale, -y * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_is_as_wide_as_it_says() {
        let (x, y) = projected(180.0, 0.0);
        assert!((x - HALF_WIDTH).abs() < 0.01 && y.abs() < 0.01);
        let (x, y) = projected(0.0, 90.0);
        assert!(x.abs() < 0.01 && (y + 243.4).abs() < 0.5, "{x} {y}");
    }
}
