using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Finance.Settings;

/// <summary>The RPC table of the settings.</summary>
internal sealed class FinanceSettingsService(FinanceDbContext db, TimeProvider time) : V1.FinanceSettingsService.FinanceSettingsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.FinanceSettings> GetFinanceSettings(V1.GetFinanceSettingsRequest request, ServerCallContext context) =>
        Settings.GetFinanceSettings.Handle(db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.FinanceSettings> UpdateFinanceSettings(V1.UpdateFinanceSettingsRequest request, ServerCallContext context) =>
        Settings.UpdateFinanceSettings.Handle(request, db, time, context.CancellationToken).Reply();
}
