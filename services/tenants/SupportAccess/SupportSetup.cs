using FluentValidation;

namespace Platform.Tenants.SupportAccess;

internal static class SupportSetup
{
    public static WebApplicationBuilder AddSupportAccess(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<IValidator<V1.RequestSupportAccessRequest>, RequestSupportAccess.Validator>()
            .AddSingleton<ExpiryQueue>()
            .AddHostedService<SupportExpirer>();
        return builder;
    }
}
