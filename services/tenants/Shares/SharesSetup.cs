using FluentValidation;
using Platform.Data;

namespace Platform.Tenants.Shares;

internal static class SharesSetup
{
    public static IServiceCollection AddShares(this IServiceCollection services) => services
        .AddSingleton<IValidator<V1.TakeShareRequest>, TakeShare.Validator>()
        .AddScoped<ShareLedger>()
        .AddSingleton<ShareQueue>()
        .AddWorkSignal<ShareSignal>()
        .AddHostedService<ShareCollector>();
}
