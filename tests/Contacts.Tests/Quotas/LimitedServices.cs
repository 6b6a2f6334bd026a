extern alias tenants;

using System.Collections.Concurrent;
using Contacts.Tests.CustomFields.Across;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tenancy;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Quotas;

/// <summary>Contacts, deals and tenants, which call each other; the others are not run.</summary>
public sealed class LimitedServices : IAsyncLifetime
{
    private readonly ConcurrentDictionary<Guid, int> _asked = new();

    public LimitedServices() => (Tenants, Contacts, Deals) = (new TenantsBeside(this), new LimitedContacts(this), new DealsBeside(AskTenants));

    public TenantsBeside Tenants { get; }

    public ContactsFixture Contacts { get; }

    public DealsBeside Deals { get; }

    /// <summary>While set, tenants does not reach deals.</summary>
    public bool IsDealsAway { get; set; }

    /// <summary>Of how many answers of tenants one gets lost; 0 for none.</summary>
    public int LosesEach { get; set; }

    public async ValueTask InitializeAsync()
    {
        await Contacts.InitializeAsync();
        await Deals.InitializeAsync();
        await Tenants.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Contacts.DisposeAsync();
        await Deals.DisposeAsync();
        await Tenants.DisposeAsync();
    }

    /// <summary>How often services asked for more of a limit of the company.</summary>
    public int Asked(Guid tenant) => _asked.GetValueOrDefault(tenant);

    private void AskTenants(IServiceCollection services) => services.AddScoped(provider =>
    {
        var tenant = provider.GetRequiredService<Caller>().RequiredTenantId;
        return new SharesService.SharesServiceClient(Tenants.Grpc(TestTokens.ForService("tenants.provision"), ("x-tenant-id", $"{tenant}")).Intercept(new Lossy(this, tenant)));
    });

    /// <summary>The contacts service, which asks that of tenants.</summary>
    private sealed class LimitedContacts(LimitedServices all) : ContactsFixture
    {
        protected override void Configure(IServiceCollection services)
        {
            base.Configure(services);
            all.AskTenants(services);
        }
    }

    /// <summary>The tenants service, which asks those of contacts and deals.</summary>
    public sealed class TenantsBeside(LimitedServices all) : ServiceFixture<tenants::Program>("tenants")
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
            [("CompanyLimits:NotRun:0", "finance"), ("CompanyLimits:NotRun:1", "records"), ("CompanyLimits:NotRun:2", "inventory")];

        protected override void Configure(IServiceCollection services) => services
            .AddKeyedScoped("contacts", (provider, _) => Of(provider, all.Contacts.Grpc))
            .AddKeyedScoped("deals", (provider, _) => all.IsDealsAway ? throw new RpcException(new Status(StatusCode.Unavailable, "It is away.")) : Of(provider, all.Deals.Grpc));

        private static UsageService.UsageServiceClient Of(IServiceProvider provider, Func<string, (string, string)[], CallInvoker> grpc) =>
            new(grpc(TestTokens.ForService("tenants.provision", "tenants.admin"), [("x-tenant-id", $"{provider.GetRequiredService<Caller>().RequiredTenantId}")]));
    }

    // What tenants gives, and has written down, does not always get to who asked for it.
    private sealed class Lossy(LimitedServices all, Guid tenant) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var call = continuation(request, context);
            var number = all._asked.AddOrUpdate(tenant, 1, (_, asked) => asked + 1);
            return new AsyncUnaryCall<TResponse>(AnswerAsync(call, number), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
        }

        private async Task<TResponse> AnswerAsync<TResponse>(AsyncUnaryCall<TResponse> call, int number)
        {
            var answer = await call;
            return all.LosesEach == 0 || number % all.LosesEach != 0 ? answer : throw new RpcException(new Status(StatusCode.Unavailable, "The answer got lost."));
        }
    }
}
