using FluentValidation;
using Platform.Data;
using Platform.Tenancy.Quotas;

namespace Platform.Tenants.Shares;

internal static class SharesSetup
{
    public static IServiceCollection AddShares(this IServiceCollection services, IConfiguration configuration) => services
        .AddOptions<ShareOptions>().Bind(configuration.GetSection(ShareOptions.Section))
        .Validate(options => options.IsValid, $"{ShareOptions.Section}:NotRun may name {string.Join(", ", CompanyLimits.Services)}").ValidateOnStart().Services
        .AddSingleton<IValidator<V1.TakeShareRequest>, TakeShare.Validator>()
        .AddScoped<ShareLedger>()
        .AddSingleton<ShareQueue>()
        .AddWorkSignal<ShareSignal>()
        .AddHostedService<ShareCollector>();
}
