using FluentValidation;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Lifecycle;

namespace Platform.Tenants.ApiKeys;

internal static class CreateApiKey
{
    public sealed class Validator : AbstractValidator<V1.CreateApiKeyRequest>
    {
        public Validator() => RuleFor(request => request.ApiKey).NotNull().WithMessage("Send the key's name and permissions.").SetValidator(new ApiKeyValidator());
    }

    public static async Task<Result<V1.CreateApiKeyResponse>> Handle(
        V1.CreateApiKeyRequest request, TenantsDbContext db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if ((ApiKeyRules.CheckManager(caller) ?? ApiKeyRules.Check(request.ApiKey, [], caller, now)) is { } refusal)
            return refusal;
        if (await db.CheckApiKeysAsync(cancellationToken) is { } full)
            return full;
        var (key, text) = ApiKey.Create(caller.RequiredTenantId, caller.Subject, request.ApiKey, now);
        db.ApiKeys.Add(key);
        db.Publish(key.Id, new V1.ApiKeyChanged { ApiKey = key.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return new V1.CreateApiKeyResponse { ApiKey = key.ToMessage(), Key = text.ToString() };
    }
}
