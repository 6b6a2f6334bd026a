using Grpc.Core;
using Platform.Common.V1;
using Platform.Tenants.V1;

namespace Deals.Tests;

/// <summary>Stands for the tenants service, which is another process: every company is called the same.</summary>
public sealed class TenantsStandIn : TenantsService.TenantsServiceClient
{
    public static readonly Tenant Company = new()
    {
        DisplayName = "Seller",
        LegalName = "Seller & Söhne GmbH",
        TaxNumber = "DE123456789",
        State = TenantState.Active,
        Modules = { "tenants", "deals" },
        Address = new Address { Lines = { "Hauptstraße 1" }, PostalCode = "10115", City = "Berlin", Country = "DE" },
    };

    /// <summary>What a company is made into before it is told of.</summary>
    public Action<Tenant> Change { get; set; } = _ => { };

    /// <summary>Who is a member, and to whom each reports.</summary>
    public List<Member> Members { get; } = [];

    /// <summary>How the service answers, where it does not.</summary>
    public StatusCode Code { get; set; } = StatusCode.OK;

    // Two a page, so that whoever asks for them has to go on.
    public override AsyncUnaryCall<ListMembersResponse> ListMembersAsync(ListMembersRequest request, CallOptions options)
    {
        var from = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
        var page = new ListMembersResponse { Members = { Members.Skip(from).Take(2) }, NextPageToken = from + 2 < Members.Count ? $"{from + 2}" : "" };
        var status = new Status(Code, "");
        var response = Code == StatusCode.OK ? Task.FromResult(page) : Task.FromException<ListMembersResponse>(new RpcException(status));
        return new AsyncUnaryCall<ListMembersResponse>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }

    public override AsyncUnaryCall<Tenant> GetTenantAsync(GetTenantRequest request, CallOptions options)
    {
        var status = new Status(Code, "");
        var company = Company.Clone();
        Change(company);
        var response = Code == StatusCode.OK ? Task.FromResult(company) : Task.FromException<Tenant>(new RpcException(status));
        return new AsyncUnaryCall<Tenant>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
