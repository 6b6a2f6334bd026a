using FluentValidation;
using Platform.Invocation;
using Platform.Tenants.Members;

namespace Platform.Tenants.SignIns;

internal static class SignInSetup
{
    public static WebApplicationBuilder AddSignIns(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(SignInOptions.Section, client => client.Timeout = TimeSpan.FromSeconds(10));
        builder.Services
            .Configure<SignInOptions>(builder.Configuration.GetSection(SignInOptions.Section))
            .AddSingleton<IValidator<V1.DescribeDeviceRequest>, DescribeDevice.Validator>()
            .AddSingleton(provider => new IdentityJournal(
                Client(provider),
                new ServiceAccount(Client(provider), builder.Configuration, provider.GetRequiredService<TimeProvider>(), SignInOptions.Section),
                builder.Configuration))
            .AddSingleton<MemberKeys>()
            .AddSingleton<JournalLease>()
            .AddSingleton<SignInIntake>()
            .AddSingleton<SignInCleaner>()
            .AddHostedService<SignInPoller>()
            .AddHostedService(provider => provider.GetRequiredService<SignInCleaner>());
        return builder;
    }

    private static HttpClient Client(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(SignInOptions.Section);
}
