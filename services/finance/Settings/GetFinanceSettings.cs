using Platform.Errors;

namespace Platform.Finance.Settings;

internal static class GetFinanceSettings
{
    public static async Task<Result<V1.FinanceSettings>> Handle(FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        (await db.LoadSettingsAsync(time, cancellationToken)).ToMessage();
}
