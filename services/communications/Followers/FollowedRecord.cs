using Grpc.Core;
using Platform.Errors;
using Platform.Tenants.V1;

namespace Platform.Communications.Followers;

/// <summary>Asks the service whose record it is, as the caller, whether the caller may see it, and who looks after it.</summary>
internal sealed class FollowedRecord(IServiceProvider services)
{
    private static readonly Error Unavailable = new(Google.Rpc.Code.Unavailable, "RECORD_UNAVAILABLE", "The record cannot be looked up right now: try again in a moment.");

    /// <summary>The owner, if any that the caller may know of; an error where the caller sees no such record.</summary>
    public async Task<Result<Owner>> FindAsync(RecordKey record, CancellationToken cancellationToken)
    {
        var request = new FilterVisibleRequest { Records = { new RecordIds { Resource = record.Resource, Ids = { record.Id.ToString() } } }, WithOwners = true };
        try
        {
            var client = services.GetRequiredKeyedService<VisibilityService.VisibilityServiceClient>(FollowedKinds.AppOf(record.Resource));
            var answer = await client.FilterVisibleAsync(request, cancellationToken: cancellationToken);
            return answer.Records.Any(records => records.Ids.Count > 0)
                ? new Owner(answer.Owners.Select(owner => (Guid?)Guid.Parse(owner.UserId)).FirstOrDefault())
                : Error.NotFound("record", record.Id.ToString());
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.PermissionDenied)
        {
            return Error.NotFound("record", record.Id.ToString());
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return Unavailable;
        }
    }

    /// <summary>Who looks after a record; null for nobody.</summary>
    internal sealed record Owner(Guid? UserId);
}
