using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Events;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Monetary.Rates;

/// <summary>Lets a service report amounts in the company's currency: docs/adr/0032.</summary>
public static class ReportingSetup
{
    /// <summary>Registers what converts, and the tables whose records are converted.</summary>
    public static IServiceCollection AddReporting(this IServiceCollection services, params ReportedTable[] tables)
    {
        foreach (var table in tables)
            services.AddSingleton(table);
        services.TryAddScoped<IExchangeRateSource, RemoteExchangeRateSource>();
        return services.AddSingleton<KnownBooks>().AddSingleton<RateTakeOver>().AddScoped(provider => new ReportingRates(
            provider.GetRequiredService<UnitOfWork>().Context, provider.GetRequiredService<RateTakeOver>(), provider.GetRequiredService<KnownBooks>(), provider.GetRequiredService<ILogger<ReportingRates>>()));
    }

    /// <summary>Maps the service's copy of the rates.</summary>
    public static void MapReporting(this ModelBuilder model)
    {
        RateBook.Map(model.Entity<RateBook>());
        RateCopy.Map(model.Entity<RateCopy>());
    }

    /// <summary>Takes over rates when they change.</summary>
    public static EventSubscriptions KeepRates(this EventSubscriptions events) =>
        events.OnRepeatable<ExchangeRatesChanged>(nameof(KeepRates), (_, context, cancellationToken) =>
            context.Services.GetRequiredService<RateTakeOver>().RunAsync(context.Services.GetRequiredService<Caller>(), cancellationToken));
}
