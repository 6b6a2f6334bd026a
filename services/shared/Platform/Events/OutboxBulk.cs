using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;

namespace Platform.Events;

/// <summary>Publishing many events at once.</summary>
public static class OutboxBulk
{
    /// <summary>
    /// Writes the events in one statement of the open transaction. After its commit, set the <see cref="OutboxSignal"/>:
    /// the change tracker does not know of these rows. They let others go first.
    /// </summary>
    /// <param name="db">The context whose transaction is open.</param>
    /// <param name="events">What each event is about, and its message.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static Task<int> PublishManyAsync(this PlatformDbContext db, IEnumerable<(Guid AggregateId, IMessage Message)> events, CancellationToken cancellationToken) =>
        db.PublishAsync(db.BulkOf(events), cancellationToken);

    /// <summary>Events to be written by <see cref="PublishAsync"/>. Touches no connection: it can be done while the records are written.</summary>
    public static BulkOfEvents BulkOf(this PlatformDbContext db, IEnumerable<(Guid AggregateId, IMessage Message)> events) =>
        new([.. events.Select(row => OutboxMessage.Create(db.Caller, row.AggregateId, Stripped(db, row.Message), isBulk: true))]);

    /// <summary>Writes events that were made: see <see cref="PublishManyAsync"/>.</summary>
    public static Task<int> PublishAsync(this PlatformDbContext db, BulkOfEvents events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        var rows = events.Rows;
        return rows.Count == 0 ? Task.FromResult(0) : db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO outbox_messages (tenant_id, event_id, topic, type, aggregate_id, data, trace_parent, create_time, attempts, next_attempt_time, caused_by, is_bulk)
            SELECT {db.Caller.RequiredTenantId}, row.event_id, row.topic, row.type, row.aggregate_id, row.data, row.trace_parent, row.create_time, 0, row.create_time, {db.Caller.CausedBy}, true
            FROM unnest(
                {rows.ConvertAll(row => row.EventId)}, {rows.ConvertAll(row => row.Topic)}, {rows.ConvertAll(row => row.Type)}, {rows.ConvertAll(row => row.AggregateId)},
                {rows.ConvertAll(row => row.Data)}, {rows.ConvertAll(row => row.TraceParent)}::text[], {rows.ConvertAll(row => row.CreateTime)})
                AS row (event_id, topic, type, aggregate_id, data, trace_parent, create_time)
            """,
            cancellationToken);
    }

    private static IMessage Stripped(PlatformDbContext db, IMessage message)
    {
        if (db.Caller.CustomFields is { } fields)
            CustomFieldStripping.ApplyToEvent(message, fields);
        return message;
    }
}

/// <summary>Events that are still to be written.</summary>
public sealed class BulkOfEvents
{
    internal BulkOfEvents(List<OutboxMessage> rows) => Rows = rows;

    internal List<OutboxMessage> Rows { get; }

    /// <summary>These, and others behind them.</summary>
    public BulkOfEvents And(BulkOfEvents others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new([.. Rows, .. others.Rows]);
    }
}
