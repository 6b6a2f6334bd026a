using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Tenancy.Quotas;

/// <summary>Refusals of what would be too much.</summary>
internal static class QuotaErrors
{
    /// <summary>Code of a limit of rows.</summary>
    public const string Rows = "ROW_LIMIT";

    /// <summary>Code of a limit of bytes.</summary>
    public const string Storage = "STORAGE_LIMIT";

    /// <summary>Nobody can say whether the company may have more.</summary>
    public static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "LIMIT_UNAVAILABLE", "How much your company may have cannot be asked right now: try again in a moment.");

    public static Error Exhausted(QuotaState quota) => QuotaKinds.IsStorage(quota.Resource)
        ? Of(Storage, Say($"Your company may use {quota.Most} bytes of '{quota.Resource}' and uses {quota.Used}"))
        : Of(Rows, Say($"Your company may have {quota.Most} records of '{quota.Resource}' and would have {quota.Used}"));

    /// <summary>The company has, in all services together, what it may have.</summary>
    /// <param name="quota">What there would be here.</param>
    /// <param name="total">What there may be everywhere.</param>
    /// <param name="elsewhere">What there is in the other services.</param>
    public static Error ExhaustedTogether(QuotaState quota, long total, long elsewhere) => QuotaKinds.IsStorage(quota.Resource)
        ? Of(Storage, Say($"Your company may use {total} bytes in all and uses {elsewhere + quota.Used}"))
        : Of(Rows, Say($"Your company may have {total} records in all and would have {elsewhere + quota.Used}"));

    private static Error Of(string code, string what) => new(Google.Rpc.Code.ResourceExhausted, code,
        Say($"{what}: delete some, or ask the operator of the platform to raise the limit."));
}
