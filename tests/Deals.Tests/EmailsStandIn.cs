using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Communications.V1;

namespace Deals.Tests;

/// <summary>Stands for the communications service, which is another process: takes every message, unless it is away.</summary>
public sealed class EmailsStandIn : EmailsService.EmailsServiceClient
{
    public ConcurrentQueue<SendEmailRequest> Sent { get; } = new();

    public bool IsAway { get; set; }

    public override AsyncUnaryCall<Email> SendEmailAsync(SendEmailRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        var status = IsAway ? new Status(StatusCode.Unavailable, "away") : Status.DefaultSuccess;
        if (!IsAway)
            Sent.Enqueue(request);
        return new(IsAway ? Task.FromException<Email>(new RpcException(status)) : Task.FromResult(new Email { Id = $"{Guid.CreateVersion7()}" }), Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
