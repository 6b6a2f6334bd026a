using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Tenants.V1;
using Xunit;

namespace Contacts.Tests;

/// <summary>Stands for the deals service, where it says which deals the caller may see: those that a test names.</summary>
internal sealed class VisibleDealsStandIn : VisibilityService.VisibilityServiceClient
{
    public static ConcurrentDictionary<string, bool> Visible { get; } = new();

    public override AsyncUnaryCall<FilterVisibleResponse> FilterVisibleAsync(FilterVisibleRequest request, CallOptions options)
    {
        var asked = Assert.Single(request.Records);
        Assert.Equal("deals.deal", asked.Resource);
        var answer = new FilterVisibleResponse { Records = { new RecordIds { Resource = asked.Resource, Ids = { asked.Ids.Where(Visible.ContainsKey) } } } };
        return new AsyncUnaryCall<FilterVisibleResponse>(Task.FromResult(answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }
}
