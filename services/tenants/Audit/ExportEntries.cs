using System.Text;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Audit.V1;

namespace Platform.Tenants.Audit;

/// <summary>Streams what a list would show, without its pages. That it was taken out is itself an entry.</summary>
internal static class ExportEntries
{
    private const int Chunk = 500;
    private const int BufferSize = 64 * 1024;

    public static async Task Handle(
        ExportEntriesRequest request, IServerStreamWriter<HttpBody> output, ServiceLogs logs, TenantsDbContext db, CancellationToken cancellationToken)
    {
        var filter = FilterOf(request);
        db.Audit("export", "tenants.audit", db.Caller.RequiredTenantId.ToString(), after: Struct.Parser.ParseJson(JsonFormatter.Default.Format(filter)));
        await db.SaveChangesAsync(cancellationToken);

        var csv = request.Format == ExportFormat.Csv;
        var text = new StringBuilder(csv ? EntryCsv.Header : "");
        await foreach (var entry in logs.ReadAsync(filter, "", Chunk, cancellationToken))
        {
            text.Append(csv ? EntryCsv.Line(entry) : JsonFormatter.Default.Format(entry) + "\n");
            if (text.Length >= BufferSize)
                await SendAsync(output, csv, text, cancellationToken);
        }

        await SendAsync(output, csv, text, cancellationToken);
    }

    private static async Task SendAsync(IServerStreamWriter<HttpBody> output, bool csv, StringBuilder text, CancellationToken cancellationToken)
    {
        await output.WriteAsync(
            new HttpBody { ContentType = csv ? "text/csv; charset=utf-8" : "application/x-ndjson", Data = ByteString.CopyFromUtf8(text.ToString()) }, cancellationToken);
        text.Clear();
    }

    private static EntryFilter FilterOf(ExportEntriesRequest request) => new()
    {
        Resource = request.Resource,
        ResourceId = request.Id,
        Actor = request.Actor,
        Action = request.Action,
        StartTime = request.StartTime,
        EndTime = request.EndTime,
    };
}
