namespace Architecture.Tests.Schema;

/// <summary>What the guard lets pass, each with the reason.</summary>
internal static class SchemaExceptions
{
    /// <summary>Tables without a tenant.</summary>
    public static readonly IReadOnlyDictionary<string, string> Global = new Dictionary<string, string>
    {
        ["__ef_migrations_history"] = "Which migrations were applied; the application only reads it.",
    };

    /// <summary>Tables that one task of the service works on for all tenants; it sets platform.relay, which no request does but those for public pages.</summary>
    public static readonly IReadOnlyDictionary<string, string> AcrossTenants = new Dictionary<string, string>
    {
        ["outbox_messages"] = "The relay publishes the events of every tenant.",
        ["inbox_messages"] = "The cleaner deletes old keys of every tenant.",
        ["idempotency_records"] = "The cleaner deletes expired answers of every tenant.",
        ["custom_field_indexes"] = "The indexer takes the fields whose values are to be kept beside the records, or to go; names of fields and times only.",
        ["roll_up_changes"] = "The teller takes the records of which other services are still to be told; names of roll-ups and ids only.",
        ["field_purges"] = "The purger takes the deleted fields whose grace period has ended; ids and times only.",
        ["chores"] = "One task of the contacts service takes what is due; kinds of work, ids and times only.",
        ["bulk_chores"] = "Two tasks of a service go on with the jobs of all companies; kinds of work, ids and times only.",
        ["segment_checks"] = "One task of the contacts service looks at what was written, for segments; kinds of records, ids and times only.",
        ["lead_score_runs"] = "One task of the contacts service applies the rules by which leads are scored; counts and times only.",
        ["segment_runs"] = "One task of the contacts service applies the expressions of segments; ids, counts and times only.",
        ["duplicate_checks"] = "One task of the contacts service compares what was written; kinds of records, ids and times only.",
        ["rebuild_turns"] = "One task of the search service goes on with rebuilds; ids and times only.",
        ["import_chores"] = "One task of the records service takes imports back, or forgets them; ids and times only.",
        ["record_purges"] = "The purger takes the deleted records whose grace period has ended; keys of objects, ids and times only.",
        ["public_addresses"] = "A public page is asked for by its address; ids and hashes of addresses that are public only.",
        ["member_keys"] = "The journal of sign-ins finds the companies of a person; ids only.",
        ["support_expiries"] = "Support access whose time is over is told of; ids and times only.",
        ["quote_mails"] = "Messages of quotes that could not be handed over are tried again; ids and times only.",
        ["quote_expiries"] = "The end of quotes is told of when it comes; ids and times only.",
        ["tenant_purges"] = "The purger takes the companies whose grace period has ended; ids and times only.",
        ["limit_shares"] = "Services are asked what they have of limits that were set anew; names of limits and services, counts and times only.",
        ["held_tenants"] = "The sender passes over e-mails of suspended companies; ids only.",
        ["placements"] = "Each task that works across tenants asks where they live; the application only reads it.",
        ["audit_unsealed"] = "The sealer takes what waits, whosever it is; ids and hashes only.",
        ["email_deliveries"] = "The sender takes what is due, whosever it is; ids and times only.",
    };

    /// <summary>
    /// Databases that are not walked. The identity server's holds people and their sessions: a person may belong to several
    /// companies, and no service connects to it. The sidecars' holds what components keep (events under way, workflow state);
    /// its tables are those of the official components, and no service has its password.
    /// </summary>
    public static readonly IReadOnlyList<string> NotOurs = ["identity", "dapr"];
}
