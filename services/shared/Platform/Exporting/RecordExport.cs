using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.CustomFields.RollUps;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Tenancy;

namespace Platform.Exporting;

/// <summary>What is asked of an export: the same as of the list, without its pages.</summary>
/// <param name="Filter">An expression of the filter language.</param>
/// <param name="OrderBy">A sort order; empty for newest first.</param>
/// <param name="TimeZone">In which the filter's dates begin.</param>
/// <param name="Format">The kind of file; empty for CSV.</param>
public sealed record ExportRequest(string Filter, string OrderBy, string TimeZone, string Format);

/// <summary>
/// Streams the records of a kind as a file, under the row and field rules of the list and those of the action "export". Read page by
/// page, so that a client that is slow, or leaves, holds no transaction open. That it was taken out is itself an entry of the log.
/// </summary>
public static class RecordExport
{
    /// <summary>Writes the file.</summary>
    /// <param name="resource">The kind of record.</param>
    /// <param name="request">Which of them.</param>
    /// <param name="toMessage">Makes the message that is written of a row.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="call">The call.</param>
    /// <param name="narrow">Leaves of the rows those that the list shows, where that is more than policies on the kind say.</param>
    public static Task WriteAsync<T>(
        ProtectedResource<T> resource,
        ExportRequest request,
        Func<T, IMessage> toMessage,
        PlatformDbContext db,
        TimeProvider time,
        IServerStreamWriter<HttpBody> output,
        ServerCallContext call,
        Func<IQueryable<T>, IQueryable<T>>? narrow = null)
        where T : ProtectedEntity, IProtected<T> =>
        WriteAsync(resource, request, _ => Task.FromResult(toMessage), db, time, output, call, narrow);

    /// <summary>Writes the file of records of which the row alone does not tell all.</summary>
    /// <param name="resource">The kind of record.</param>
    /// <param name="request">Which of them.</param>
    /// <param name="telling">How rows are told that are read from now on: asked before each page of them.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="call">The call.</param>
    /// <param name="narrow">As above.</param>
    public static async Task WriteAsync<T>(
        ProtectedResource<T> resource,
        ExportRequest request,
        Func<CancellationToken, Task<Func<T, IMessage>>> telling,
        PlatformDbContext db,
        TimeProvider time,
        IServerStreamWriter<HttpBody> output,
        ServerCallContext call,
        Func<IQueryable<T>, IQueryable<T>>? narrow = null)
        where T : ProtectedEntity, IProtected<T>
    {
        var readable = db.ProtectedRows<T>().Of(resource).For(AccessAction.Export);
        var rows = narrow is null ? readable : narrow(readable);
        var rules = RulesOf(resource.Info, db.Caller);
        var narrowing = NarrowingOf(resource, request, db.Caller.CustomFields);
        if (narrowing.Where(field => !rules.MayNarrowBy(field)).ToList() is { Count: > 0 } unreadable)
            throw AccessErrors.FieldNotReadable(unreadable).ToRpcException();
        var context = FilterContext.Of(db, time, request.TimeZone);
        // Before anything is sent, also to find out that the request is wrong.
        var tell = await telling(call.CancellationToken);
        var page = await ReadAsync(rows, resource, request, "", context, call.CancellationToken);
        Tell(db, resource.Info, narrowing);
        await db.SaveChangesAsync(call.CancellationToken);

        call.GetHttpContext().Response.Headers.ContentDisposition = $"attachment; filename=\"{resource.Info.Name}.{ExportFiles.ExtensionOf(request.Format)}\"";
        await using var stream = new ExportStream(output, ExportFiles.ContentTypeOf(request.Format), call);
        await using var file = ExportFiles.Open(request.Format, stream);
        await file.BeginAsync(ColumnsOf(resource, db.Caller), call.CancellationToken);
        while (true)
        {
            await AddAsync(file, resource.Info, page.Items.Select(tell), db, call.CancellationToken);
            if (page.NextPageToken.Length == 0)
                break;
            tell = await telling(call.CancellationToken);
            page = await ReadAsync(rows, resource, request, page.NextPageToken, context, call.CancellationToken);
        }

        await file.EndAsync(call.CancellationToken);
    }

    /// <summary>The columns that the caller gets.</summary>
    internal static IReadOnlyList<ExportColumn> ColumnsOf<T>(ProtectedResource<T> resource, Caller caller)
        where T : ProtectedEntity, IProtected<T> =>
        [.. ExportColumn.Of(resource.Info, RulesOf(resource.Info, caller), caller.CustomFields).Select(column => column with { Kind = resource.Schema.Find(column.Name, caller.CustomFields)?.Kind })];

    /// <summary>Adds records as the caller may see them.</summary>
    internal static async Task AddAsync(IExportFile file, ResourceInfo resource, IEnumerable<IMessage> records, PlatformDbContext db, CancellationToken cancellationToken)
    {
        var rules = RulesOf(resource, db.Caller);
        foreach (var record in await MessagesAsync(records, db, cancellationToken))
        {
            Redaction.Apply(record, rules.Unreadable);
            await file.AddAsync(record, cancellationToken);
        }
    }

    /// <summary>The entry of the log that records are taken out: by which fields they were chosen, and not by which values, which may be personal.</summary>
    internal static void Tell(PlatformDbContext db, ResourceInfo resource, IEnumerable<string> narrowing) =>
        db.Audit("export", resource.Name, db.Caller.RequiredTenantId.ToString(), after: new Struct { Fields = { ["narrowedBy"] = Value.ForString(string.Join(", ", narrowing)) } });

    private static FieldRules RulesOf(ResourceInfo resource, Caller caller) => caller.Access?.FieldsOf(resource.Name) ?? FieldRules.None;

    // What cannot be read as a filter or an order is refused with the first page.
    private static List<string> NarrowingOf<T>(ProtectedResource<T> resource, ExportRequest request, TenantFields? fields)
        where T : ProtectedEntity, IProtected<T>
    {
        var order = OrderBy.Parse(request.OrderBy);
        return [.. (resource.FieldsOf(request.Filter, fields) ?? new HashSet<string>()).Concat(order.IsError ? [] : order.Value.Fields.SelectMany(resource.SortedBy)).Distinct()];
    }

    private static async Task<Page<T>> ReadAsync<T>(
        IQueryable<T> rows, ProtectedResource<T> resource, ExportRequest request, string pageToken, FilterContext context, CancellationToken cancellationToken)
        where T : ProtectedEntity, IProtected<T>
    {
        var list = new ListRequest(Pages.MaxSize, pageToken) { Filter = request.Filter, OrderBy = request.OrderBy };
        var page = await rows.ToPageAsync(resource.Schema, list, context, cancellationToken);
        return page.IsError ? throw page.Error.ToRpcException() : page.Value;
    }

    private static async Task<List<IMessage>> MessagesAsync(IEnumerable<IMessage> records, PlatformDbContext db, CancellationToken cancellationToken)
    {
        var (messages, fields) = (records.ToList(), db.Caller.CustomFields);
        foreach (var message in messages)
            CustomFieldStripping.Apply(message, fields);
        if (fields is { HasRollUps: true })
            await RollUpAnswers.AddAsync(db, messages, fields, db.Caller.Access, cancellationToken);
        return messages;
    }
}
