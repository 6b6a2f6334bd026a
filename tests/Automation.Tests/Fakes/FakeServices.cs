using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Automation.Tests.Fakes;

/// <summary>Tenants, contacts, deals, finance and communications behind one h2c port, with the contracts of the real ones.</summary>
internal static class FakeServices
{
    public static async Task<WebApplication> StartAsync(World world, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(world);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<FakeCompanies>();
        app.MapGrpcService<FakePeople>();
        app.MapGrpcService<FakeActivities>();
        app.MapGrpcService<FakeDeals>();
        app.MapGrpcService<FakeInvoices>();
        app.MapGrpcService<FakeCreditNotes>();
        app.MapGrpcService<FakeEmails>();
        app.MapGrpcService<FakeTenants>();
        app.MapPost("/platform/storage:check", FakeTenants.CheckStorage);
        await app.StartAsync();
        return app;
    }
}
