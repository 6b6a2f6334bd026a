using Microsoft.AspNetCore.Connections;
using OpenTelemetry.Instrumentation.AspNetCore;
using Platform.Hosting;
using Platform.MailCatcher.Api;
using Platform.MailCatcher.Inbox;
using Platform.MailCatcher.Smtp;
using Platform.MailCatcher.Web;

namespace Platform.MailCatcher;

internal static class MailCatcherApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var options = builder.Configuration.GetSection(MailOptions.Section).Get<MailOptions>() ?? new MailOptions();
        // The inbox and its health are asked for all the time; to look is nothing that a log or a trace should tell of.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddOtlpExport("mail");
        builder.Services.Configure<AspNetCoreTraceInstrumentationOptions>(static trace => trace.Filter = static context => !HttpMethods.IsGet(context.Request.Method));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(options.WebPort);
            kestrel.ListenLocalhost(options.SmtpPort, listen => listen.UseConnectionHandler<SmtpConnectionHandler>());
        });
        builder.Services.AddSingleton(options).AddSingleton(TimeProvider.System).AddSingleton<MailStore>().AddSingleton<SmtpConnectionHandler>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, MailJson.Default));

        var app = builder.Build();
        app.Services.GetRequiredService<MailStore>().Load();
        app.UseLoopbackOnly();
        app.MapMessages();
        app.MapInboxPage();
        app.MapGet("/health", static () => "Healthy");
        return app;
    }
}
