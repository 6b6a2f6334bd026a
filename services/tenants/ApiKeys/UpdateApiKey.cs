using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Validation;

namespace Platform.Tenants.ApiKeys;

internal static class UpdateApiKey
{
    public sealed class Validator : AbstractValidator<V1.UpdateApiKeyRequest>
    {
        public Validator() => RuleFor(request => request.ApiKey).NotNull().WithMessage("Send the key.");
    }

    public static async Task<Result<V1.ApiKey>> Handle(V1.UpdateApiKeyRequest request, TenantsDbContext db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ApiKeyRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindApiKeyAsync(request.ApiKey.Id, cancellationToken) is not { } key)
            return GetApiKey.NotFound(request.ApiKey.Id);
        if (!key.Matches(request.ApiKey.Etag))
            return Error.Stale("API key");
        var merged = Masks.Merge(key.ToMessage(), request.ApiKey, request.UpdateMask).Validate(new ApiKeyValidator(), "apiKey");
        if (merged.IsError)
            return merged.Error;
        var now = time.GetUtcNow();
        if (ApiKeyRules.Check(merged.Value, key.Permissions, caller, now) is { } refusal)
            return refusal;
        key.Update(merged.Value, now);
        db.Publish(key.Id, new V1.ApiKeyChanged { ApiKey = key.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : key.ToMessage();
    }
}
