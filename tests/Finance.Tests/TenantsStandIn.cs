using Grpc.Core;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Finance.Tests;

/// <summary>Stands for the tenants service, which is another process: knows what a fact has told it, and nothing else.</summary>
internal sealed class TenantsStandIn(Caller caller) : TenantsService.TenantsServiceClient
{
    public static readonly Guid Known = Guid.CreateVersion7();

    /// <summary>Whoever asks on behalf of this tenant finds the service away.</summary>
    public static readonly Guid Unreachable = Guid.CreateVersion7();

    public override AsyncUnaryCall<Tenant> GetTenantAsync(GetTenantRequest request, CallOptions options)
    {
        var status = caller.RequiredTenantId == Known ? Status.DefaultSuccess : new Status(caller.RequiredTenantId == Unreachable ? StatusCode.Unavailable : StatusCode.NotFound, "");
        var response = status.StatusCode == StatusCode.OK ? Task.FromResult(FinanceFixture.Company) : Task.FromException<Tenant>(new RpcException(status));
        return new AsyncUnaryCall<Tenant>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
