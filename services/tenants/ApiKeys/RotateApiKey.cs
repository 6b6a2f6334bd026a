using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.ApiKeys;

internal static class RotateApiKey
{
    public sealed class Validator : AbstractValidator<V1.RotateApiKeyRequest>
    {
        public Validator() => RuleFor(request => request.Overlap)
            .Must(overlap => overlap is { Seconds: >= 0, Nanos: >= 0 and < 1_000_000_000 } && overlap.Seconds <= ApiKeyRules.MaxOverlap.TotalSeconds)
            .When(request => request.Overlap is not null).WithMessage("Use 0s to 2592000s (30 days).");
    }

    public static async Task<Result<V1.RotateApiKeyResponse>> Handle(
        V1.RotateApiKeyRequest request, TenantsDbContext db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ApiKeyRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindApiKeyAsync(request.Id, cancellationToken) is not { } key)
            return GetApiKey.NotFound(request.Id);
        if (ApiKeyRules.CheckHeld(key, caller) is { } refusal)
            return refusal;
        var text = key.Rotate(request.Overlap?.ToTimeSpan() ?? ApiKeyRules.DefaultOverlap, time.GetUtcNow());
        db.Publish(key.Id, new V1.ApiKeyChanged { ApiKey = key.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new V1.RotateApiKeyResponse { ApiKey = key.ToMessage(), Key = text.ToString() };
    }
}
