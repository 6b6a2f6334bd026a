using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Communications.V1;

namespace Deals.Tests;

/// <summary>Stands for the communications service, which is another process: takes every message, unless it is away.</summary>
public sealed class EmailsStandIn : EmailsService.EmailsServiceClient
{
    public ConcurrentQueue<SendEmailRequest> Sent { get; } = new();

    public bool IsAway { get; set; }

    /// <summary>An address of whose messages none is taken.</summary>
    public string? Refused { get; set; }

    public override AsyncUnaryCall<Email> SendEmailAsync(SendEmailRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        var isAway = IsAway || request.To == Refused;
        var status = IsAway ? new Status(StatusCode.Unavailable, "away") : isAway ? new Status(StatusCode.InvalidArgument, "refused") : Status.DefaultSuccess;
        if (!isAway)
            Sent.Enqueue(request);
        return new(isAway ? Task.FromException<Email>(new RpcException(status)) : Task.FromResult(new Email { Id = $"{Guid.CreateVersion7()}" }), Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
