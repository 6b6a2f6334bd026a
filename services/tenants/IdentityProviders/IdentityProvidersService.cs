using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.IdentityProviders;

/// <summary>The RPC table of a company's identity providers.</summary>
internal sealed class IdentityProvidersService(
    TenantsDbContext db, Caller caller, IdentityBrokers identity, ProviderAddress addresses, ProviderProbe probe, TimeProvider time) : V1.IdentityProvidersService.IdentityProvidersServiceBase
{
    [Permission(Permissions.Admin)]
    public override Task<V1.IdentityProvider> CreateIdentityProvider(V1.CreateIdentityProviderRequest request, ServerCallContext context) =>
        IdentityProviders.CreateIdentityProvider.Handle(request, db, caller, identity, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.IdentityProvider> GetIdentityProvider(V1.GetIdentityProviderRequest request, ServerCallContext context) =>
        IdentityProviders.GetIdentityProvider.Handle(request, db, identity, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ListIdentityProvidersResponse> ListIdentityProviders(V1.ListIdentityProvidersRequest request, ServerCallContext context) =>
        IdentityProviders.ListIdentityProviders.Handle(request, db, identity, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.IdentityProvider> UpdateIdentityProvider(V1.UpdateIdentityProviderRequest request, ServerCallContext context) =>
        IdentityProviders.UpdateIdentityProvider.Handle(request, db, caller, identity, addresses, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.TestIdentityProviderResponse> TestIdentityProvider(V1.TestIdentityProviderRequest request, ServerCallContext context) =>
        IdentityProviders.TestIdentityProvider.Handle(request, db, caller, probe, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeleteIdentityProvider(V1.DeleteIdentityProviderRequest request, ServerCallContext context) =>
        IdentityProviders.DeleteIdentityProvider.Handle(request, db, caller, identity, context.CancellationToken).Reply();
}
