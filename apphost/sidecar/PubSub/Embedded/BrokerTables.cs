using System.Text.RegularExpressions;
using Npgsql;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>The tables of the embedded broker and the statements on them.</summary>
internal sealed partial class BrokerTables
{
    private readonly string _schema;

    public BrokerTables(string schema)
    {
        if (!Identifier().IsMatch(schema))
            throw new StartupException("schema may hold only letters, digits and '_'");
        _schema = schema;
        WakeChannel = $"{schema}_wake";

        // Taken by every transaction that inserts: the order of ids is then the order of commits, and a reader
        // that has seen an id will never meet a smaller one that it has not.
        LockInserts = $"SELECT pg_advisory_xact_lock(hashtextextended('{schema}.queue', 0))";
        Insert = $"""
            WITH inserted AS (
              INSERT INTO {schema}.queue (consumer, topic, partition_key, payload, metadata, expires_at)
              SELECT s.consumer, m.topic, m.partition_key, m.payload, m.metadata, now() + make_interval(secs => m.ttl)
              FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS m(topic, partition_key, payload, metadata, ttl, position)
              JOIN {schema}.subscriptions s ON s.topic = m.topic AND s.removed_at IS NULL
              ORDER BY m.position
              RETURNING consumer)
            SELECT consumer, pg_notify('{WakeChannel}', $6 || consumer) FROM (SELECT DISTINCT consumer FROM inserted) woken
            """;
        const string Slot = "(hashtextextended(topic || E'\\n' || coalesce(partition_key, id::text), 0) & 15)";
        const string Columns = "id, topic, partition_key, payload, metadata, attempts, expires_at < now()";
        Read = $"""
            SELECT {Columns} FROM {schema}.queue
            WHERE consumer = $1 AND id > $2 AND topic = ANY($3) AND ($5 IS NULL OR {Slot} = ANY($5)) ORDER BY id LIMIT $4
            """;
        ReadKey = $"SELECT {Columns} FROM {schema}.queue WHERE consumer = $1 AND id > $2 AND id <= $3 AND topic = $4 AND partition_key = $5 ORDER BY id LIMIT $6";
        Delete = $"DELETE FROM {schema}.queue WHERE consumer = $1 AND id = ANY($2)";
        NoteFailure = $"UPDATE {schema}.queue SET attempts = $3 WHERE consumer = $1 AND id = $2";
        MoveToDeadLetters = $"""
            WITH gone AS (DELETE FROM {schema}.queue WHERE consumer = $1 AND id = $2 RETURNING *),
            forwarded AS (
              INSERT INTO {schema}.queue (consumer, topic, partition_key, payload, metadata)
              SELECT s.consumer, s.topic, gone.partition_key, gone.payload, gone.metadata
              FROM gone JOIN {schema}.subscriptions s ON s.topic = $3 AND s.removed_at IS NULL
              RETURNING consumer),
            kept AS (
              INSERT INTO {schema}.dead_letters (consumer, id, topic, partition_key, payload, metadata, attempts, enqueued_at, reason)
              SELECT consumer, id, topic, partition_key, payload, metadata, $4, enqueued_at, $5 FROM gone
              WHERE NOT EXISTS (SELECT FROM forwarded))
            SELECT consumer, pg_notify('{WakeChannel}', $6 || consumer) FROM (SELECT DISTINCT consumer FROM forwarded) woken
            """;
        Register = $"""
            WITH wanted AS (
              INSERT INTO {schema}.subscriptions (consumer, topic) SELECT $1, unnest($2)
              ON CONFLICT (consumer, topic) DO UPDATE SET removed_at = NULL WHERE {schema}.subscriptions.removed_at IS NOT NULL)
            UPDATE {schema}.subscriptions SET removed_at = now() WHERE $3 AND consumer = $1 AND topic <> ALL($4) AND removed_at IS NULL
            """;
    }

    public string LockInserts { get; }
    public string Insert { get; }
    public string Read { get; }
    public string ReadKey { get; }
    public string Delete { get; }
    public string NoteFailure { get; }
    public string MoveToDeadLetters { get; }
    public string Register { get; }

    /// <summary>Where publishing says that there is something new, and for whom: for the other processes.</summary>
    public string WakeChannel { get; }

    /// <summary>What a consumer group is called among the server's advisory locks.</summary>
    public string GroupKey(string consumer) => $"{_schema}.consumer.{consumer}";

    public string JoinGroup => "SELECT pg_try_advisory_lock_shared(hashtextextended($1 || '/members', 0))";
    public string LeaveGroup => "SELECT pg_advisory_unlock_shared(hashtextextended($1 || '/members', 0))";

    /// <summary>Of each group how many processes have joined it.</summary>
    public string CountMembers => """
        SELECT coalesce(array_agg((
          SELECT count(*)::int FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid::bigint = (member.key >> 32) & 4294967295 AND objid::bigint = member.key & 4294967295) ORDER BY member.position), '{}')
        FROM (SELECT hashtextextended(name || '/members', 0) AS key, position FROM unnest($1) WITH ORDINALITY AS given(name, position)) member
        """;

    public string LockSlots => """
        SELECT coalesce(array_agg(slot), '{}') FROM unnest($2) slot WHERE pg_try_advisory_lock(hashtextextended($1 || '/' || slot, 0))
        """;

    public string UnlockSlots => "SELECT pg_advisory_unlock(hashtextextended($1 || '/' || slot, 0)) FROM unnest($2) slot";

    public async Task Create(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            DO $$
            BEGIN
              PERFORM pg_advisory_xact_lock(hashtextextended('{_schema}.create', 0));
              IF to_regclass('{_schema}.dead_letters') IS NOT NULL THEN
                RETURN;
              END IF;
              CREATE SCHEMA IF NOT EXISTS {_schema};
              CREATE TABLE {_schema}.subscriptions (
                consumer text NOT NULL,
                topic text NOT NULL,
                removed_at timestamptz,
                PRIMARY KEY (consumer, topic));
              -- Rows live for milliseconds: dead ones are swept by count, not by share of the table.
              CREATE TABLE {_schema}.queue (
                consumer text NOT NULL,
                id bigint GENERATED ALWAYS AS IDENTITY,
                topic text NOT NULL,
                partition_key text,
                payload bytea NOT NULL,
                metadata text,
                attempts integer NOT NULL DEFAULT 0,
                enqueued_at timestamptz NOT NULL DEFAULT now(),
                expires_at timestamptz,
                PRIMARY KEY (consumer, id))
                WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, fillfactor = 90);
              CREATE TABLE {_schema}.dead_letters (
                consumer text NOT NULL,
                id bigint NOT NULL,
                topic text NOT NULL,
                partition_key text,
                payload bytea NOT NULL,
                metadata text,
                attempts integer NOT NULL,
                enqueued_at timestamptz NOT NULL,
                died_at timestamptz NOT NULL DEFAULT now(),
                reason text,
                PRIMARY KEY (consumer, id));
            END $$
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();
}
