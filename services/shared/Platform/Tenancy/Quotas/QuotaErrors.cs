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

    public static Error Exhausted(QuotaState quota) => QuotaKinds.IsStorage(quota.Resource)
        ? Of(Storage, Say($"Your company may use {quota.Most} bytes of '{quota.Resource}' and uses {quota.Used}"))
        : Of(Rows, Say($"Your company may have {quota.Most} records of '{quota.Resource}' and would have {quota.Used}"));

    private static Error Of(string code, string what) => new(Google.Rpc.Code.ResourceExhausted, code,
        Say($"{what}: delete some, or ask the operator of the platform to raise the limit."));
}
