using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Exporting;

namespace Platform.Bulk;

/// <summary>Sends the file of an export piece by piece, and to nobody but who began it: it has what that person may see.</summary>
internal static class SendBulkFile
{
    public static async Task HandleAsync(Guid id, IServerStreamWriter<HttpBody> output, PlatformDbContext db, ServerCallContext call)
    {
        var subject = OwnJobs.IdOf(db.Caller);
        var job = await db.Set<BulkJob>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.StartedBy == subject, call.CancellationToken) ?? throw BulkErrors.NotFound(id.ToString()).ToRpcException();
        if (FindFault(job) is { } fault)
            throw fault.ToRpcException();
        // Of the same person, by way of an application that may less.
        if (job.ToActor().Permissions.Any(permission => !db.Caller.Permissions.Contains(permission)))
            throw BulkErrors.FewerRights.ToRpcException();
        call.GetHttpContext().Response.Headers.ContentDisposition = $"attachment; filename=\"{job.FileName}\"";
        await using var stream = new ExportStream(output, job.ContentType, call);
        var size = 0L;
        for (var number = 0; size < job.FileSize && await PieceAsync(db, id, number, call.CancellationToken) is { } piece; number++)
        {
            await stream.WriteAsync(piece, call.CancellationToken);
            size += piece.Length;
        }

        // What is deleted while it is sent is no whole file: nobody may take it for one.
        if (size != job.FileSize)
        {
            if (call.IsGrpc() || !call.GetHttpContext().Response.HasStarted)
                throw BulkErrors.FileGone.ToRpcException();
            call.GetHttpContext().Abort();
            return;
        }

        await stream.FlushAsync(call.CancellationToken);
    }

    private static Error? FindFault(BulkJob job) => job switch
    {
        { Operation: not V1.BulkOperation.Export } => BulkErrors.NoFile,
        { IsOver: false } => BulkErrors.Running,
        { IsForgotten: true } => BulkErrors.FileGone,
        { FileName.Length: 0 } => BulkErrors.NoFile,
        _ => null,
    };

    private static Task<byte[]?> PieceAsync(PlatformDbContext db, Guid job, int number, CancellationToken cancellationToken) =>
        db.Set<BulkPiece>().AsNoTracking().Where(piece => piece.JobId == job && piece.Number == number).Select(piece => piece.Content).SingleOrDefaultAsync(cancellationToken);
}
