//! Articles as they are kept, and how many there are of whom and when.

use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use rustc_hash::FxHashSet;

use super::panel::{Names, text};
use super::{By, Filter, in_force};
use crate::{Moment, Record, RecordError};

/// An article as the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArticle {
    /// Its id.
    pub document_id: String,
    /// Who published it; empty if unknown.
    pub outlet: String,
    /// When.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Its text, if that is kept.
    pub text: Option<String>,
    /// The number of this version, counted from 1.
    pub version: i64,
    /// When it was read.
    pub read_at: String,
    /// The earlier article that it copies, by id and outlet.
    pub copy_of: Option<(String, String)>,
}

/// How far a record reaches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extent {
    /// How many articles are in force.
    pub n_articles: u64,
    /// How many reports are in force.
    pub n_reports: u64,
    /// How many outlets they are from.
    pub n_outlets: u64,
    /// When the first was published.
    pub first: Option<String>,
    /// When the last was.
    pub last: Option<String>,
}

/// How many articles an outlet published on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The outlet; empty if unknown.
    pub outlet: String,
    /// The day, if known.
    pub day: Option<String>,
    /// How many articles.
    pub n_articles: u64,
    /// How many of them have a report.
    pub n_with_reports: u64,
}

/// The article in a row of: id, outlet, day, title, address, text, version, when it was read, id and outlet of what it copies.
fn stored(row: &Row<'_>) -> rusqlite::Result<StoredArticle> {
    Ok(StoredArticle {
        document_id: row.get(0)?,
        outlet: row.get(1)?,
        published: row.get(2)?,
        title: row.get(3)?,
        url: row.get(4)?,
        text: row.get(5)?,
        version: row.get(6)?,
        read_at: row.get(7)?,
        copy_of: row.get::<_, Option<String>>(8)?.zip(row.get(9)?),
    })
}

impl Record {
    /// The article of this id, of this outlet if that is given, in the version in force then.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn article(
        &self,
        id: &str,
        outlet: Option<&str>,
        as_of: Option<&Moment>,
    ) -> Result<Option<StoredArticle>, RecordError> {
        let at = as_of.cloned().unwrap_or_else(Moment::end_of_time);
        let sql = format!(
            "SELECT a.id, a.outlet, v.published, v.title, v.url, b.text, v.number, v.read_at, o.id, o.outlet
             FROM ({}) AS i JOIN articles AS a ON a.article = i.article JOIN versions AS v ON v.version = i.version
             LEFT JOIN bodies AS b ON b.version = v.version
             LEFT JOIN versions AS ov ON ov.version = v.copy_of LEFT JOIN articles AS o ON o.article = ov.article
             WHERE a.id = ?1 AND (?2 IS NULL OR a.outlet = ?2) ORDER BY a.article LIMIT 1",
            in_force::articles(&at)
        );
        let article = self.connection.prepare_cached(&sql)?.query_row(params![id, outlet], stored);
        Ok(article.optional()?)
    }

    /// How many articles were published in a period and by an outlet, where these are given, and the latest of them without their
    /// texts.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn articles(
        &self,
        by: By,
        period: Option<&str>,
        outlet: Option<&str>,
        as_of: Option<&Moment>,
        limit: usize,
    ) -> Result<(u64, Vec<StoredArticle>), RecordError> {
        let at = as_of.cloned().unwrap_or_else(Moment::end_of_time);
        let days = period.map(|period| by.days(period).ok_or(period));
        let (first, last) = match days {
            // Of what is no period nothing was published.
            Some(Err(_)) => return Ok((0, Vec::new())),
            Some(Ok((first, last))) => (Some(first), Some(last)),
            None => (None, None),
        };
        let mut among = format!("({}) AS i JOIN articles AS a ON a.article = i.article", in_force::articles(&at));
        among += " WHERE (?1 IS NULL OR a.outlet = ?1)";
        if first.is_some() {
            among += " AND i.published BETWEEN ?2 AND ?3";
        }
        let values = match (&first, &last) {
            (Some(first), Some(last)) => vec![outlet, Some(first.as_str()), Some(last.as_str())],
            _ => vec![outlet],
        };
        let n_articles: i64 =
            self.connection
                .query_row(&format!("SELECT count(*) FROM {among}"), params_from_iter(&values), |row| row.get(0))?;
        let sql = format!(
            "SELECT l.id, l.outlet, v.published, v.title, v.url, NULL, v.number, v.read_at, o.id, o.outlet
             FROM (SELECT a.id, a.outlet, i.version FROM {among} ORDER BY i.published DESC, i.version DESC LIMIT {limit}) AS l
             JOIN versions AS v ON v.version = l.version
             LEFT JOIN versions AS ov ON ov.version = v.copy_of LEFT JOIN articles AS o ON o.article = ov.article
             ORDER BY v.published DESC, v.version DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let articles = statement.query_map(params_from_iter(&values), stored)?;
        Ok((n_articles.cast_unsigned(), articles.collect::<Result<_, _>>()?))
    }

    /// How far the record reaches.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn extent(&self, as_of: Option<&Moment>) -> Result<Extent, RecordError> {
        let filter = Filter { as_of: as_of.cloned(), ..Filter::default() };
        let articles = in_force::articles(&filter.moment());
        let sql = format!("SELECT count(*), min(published), max(published) FROM ({articles})");
        let mut extent = self.connection.query_row(&sql, [], |row| {
            let n_articles = row.get::<_, i64>(0)?.cast_unsigned();
            Ok(Extent { n_articles, first: row.get(1)?, last: row.get(2)?, ..Extent::default() })
        })?;
        let n_known = self.connection.query_row("SELECT count(*) FROM articles", [], |row| row.get::<_, i64>(0))?;
        // As a rule all articles are in force, and which these are need not be asked.
        let outlets = match n_known.cast_unsigned() == extent.n_articles {
            true => "SELECT count(DISTINCT outlet) FROM articles WHERE outlet <> ''".to_owned(),
            false => format!(
                "SELECT count(DISTINCT a.outlet) FROM ({articles}) AS i JOIN articles AS a ON a.article = i.article WHERE a.outlet <> ''"
            ),
        };
        extent.n_outlets = self.connection.query_row(&outlets, [], |row| row.get::<_, i64>(0))?.cast_unsigned();
        extent.n_reports = self.n_reports(&filter)?;
        Ok(extent)
    }

    /// How many articles each outlet published on each day, in order of both.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn volume(&self, as_of: Option<&Moment>) -> Result<Vec<Volume>, RecordError> {
        let at = as_of.cloned().unwrap_or_else(Moment::end_of_time);
        let with_reports =
            "SELECT version FROM codings AS c WHERE EXISTS (SELECT 1 FROM events AS e WHERE e.coding = c.coding)";
        let mut statement = self.connection.prepare(with_reports)?;
        let with_reports: FxHashSet<i64> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let sql = format!(
            "SELECT a.outlet, i.published, i.version FROM ({}) AS i JOIN articles AS a ON a.article = i.article",
            in_force::articles(&at)
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut names = Names::default();
        let mut counts: Vec<(u64, u64)> = Vec::new();
        while let Some(row) = rows.next()? {
            // What is of no day has no second name.
            let number = names.number(text(row, 0)?.unwrap_or_default(), text(row, 1)?) as usize;
            counts.resize(counts.len().max(number + 1), (0, 0));
            counts[number].0 += 1;
            counts[number].1 += u64::from(with_reports.contains(&row.get(2)?));
        }
        let volume = |((outlet, day), (n_articles, n_with_reports))| Volume { outlet, day, n_articles, n_with_reports };
        let mut volume: Vec<Volume> = names.names.into_iter().zip(counts).map(volume).collect();
        volume.sort_unstable_by(|one, other| (&one.outlet, &one.day).cmp(&(&other.outlet, &other.day)));
        Ok(volume)
    }

    /// What changes whenever the record does: a text for caches to compare.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn state(&self) -> Result<String, RecordError> {
        let sql =
            "SELECT (SELECT max(rowid) FROM codings) || '.' || coalesce((SELECT max(rowid) FROM memberships), 0) || '.'
                       || (SELECT count(*) || '.' || count(undone_at) FROM retractions) || '.'
                       || (SELECT count(*) || '.' || count(undone_at) FROM decisions) || '.'
                       || (SELECT count(*) FROM runs)";
        let state: Option<String> = self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(state.unwrap_or_default())
    }
}
