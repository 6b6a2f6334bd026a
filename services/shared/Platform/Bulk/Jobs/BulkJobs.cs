using Google.Api;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Data;
using Platform.Errors;

namespace Platform.Bulk;

/// <summary>What the services answer about work on many records; one for all of them.</summary>
public sealed class BulkJobs
{
    private readonly PlatformDbContext _db;
    private readonly IServiceProvider _services;
    private readonly BulkKinds _kinds;
    private readonly TimeProvider _time;
    private readonly BulkOptions _options;

    internal BulkJobs(UnitOfWork unit, IServiceProvider services, BulkKinds kinds, TimeProvider time, IOptions<BulkOptions> options) =>
        (_db, _services, _kinds, _time, _options) = (unit.Context, services, kinds, time, options.Value);

    /// <summary>Begins a job. Fails with what is wrong with the request, or with the rights of the caller.</summary>
    /// <param name="resource">The kind of the records.</param>
    /// <param name="order">What is asked for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Result<V1.BulkJob>> StartAsync(string resource, BulkOrder order, CancellationToken cancellationToken) =>
        new StartBulk(_db, _services, _time, _options).HandleAsync(_kinds.Find(resource)!, order, cancellationToken);

    /// <summary>The caller's jobs, newest first.</summary>
    public Task<Result<V1.ListBulkJobsResponse>> ListAsync(V1.ListBulkJobsRequest request, CancellationToken cancellationToken) => ReadBulk.ListAsync(request, _db, _options, cancellationToken);

    /// <summary>One of them.</summary>
    public Task<Result<V1.BulkJob>> GetAsync(V1.GetBulkJobRequest request, CancellationToken cancellationToken) => ReadBulk.GetAsync(request, _db, _options, cancellationToken);

    /// <summary>What became of its records.</summary>
    public Task<Result<V1.ListBulkJobItemsResponse>> ListItemsAsync(V1.ListBulkJobItemsRequest request, CancellationToken cancellationToken) => ReadBulk.ListItemsAsync(request, _db, cancellationToken);

    /// <summary>Stops one.</summary>
    public Task<Result<V1.BulkJob>> CancelAsync(V1.CancelBulkJobRequest request, CancellationToken cancellationToken) => EndBulk.CancelAsync(Guid.Parse(request.Id), _db, _kinds, _time, _options, cancellationToken);

    /// <summary>Takes one back.</summary>
    public Task<Result<V1.BulkJob>> UndoAsync(V1.UndoBulkJobRequest request, CancellationToken cancellationToken) => EndBulk.UndoAsync(Guid.Parse(request.Id), _db, _kinds, _time, _options, cancellationToken);

    /// <summary>Sends the file that an export wrote.</summary>
    public Task SendFileAsync(V1.DownloadBulkFileRequest request, IServerStreamWriter<HttpBody> output, ServerCallContext call) => SendBulkFile.HandleAsync(Guid.Parse(request.BulkJobId), output, _db, call);
}
