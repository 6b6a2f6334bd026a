using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Idempotency;
using Platform.Tenancy;

namespace Platform.Tenants.ApiKeys;

/// <summary>The RPC table of keys for machines.</summary>
internal sealed class ApiKeysService(TenantsDbContext db, Caller caller, TimeProvider time) : V1.ApiKeysService.ApiKeysServiceBase
{
    [Permission(Permissions.Admin)]
    [SecretReply]
    public override Task<V1.CreateApiKeyResponse> CreateApiKey(V1.CreateApiKeyRequest request, ServerCallContext context) =>
        ApiKeys.CreateApiKey.Handle(request, db, caller, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ApiKey> GetApiKey(V1.GetApiKeyRequest request, ServerCallContext context) =>
        ApiKeys.GetApiKey.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ListApiKeysResponse> ListApiKeys(V1.ListApiKeysRequest request, ServerCallContext context) =>
        ApiKeys.ListApiKeys.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.ApiKey> UpdateApiKey(V1.UpdateApiKeyRequest request, ServerCallContext context) =>
        ApiKeys.UpdateApiKey.Handle(request, db, caller, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    [SecretReply]
    public override Task<V1.RotateApiKeyResponse> RotateApiKey(V1.RotateApiKeyRequest request, ServerCallContext context) =>
        ApiKeys.RotateApiKey.Handle(request, db, caller, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<Empty> DeleteApiKey(V1.DeleteApiKeyRequest request, ServerCallContext context) =>
        ApiKeys.DeleteApiKey.Handle(request, db, caller, context.CancellationToken).Reply();
}
