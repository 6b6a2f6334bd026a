using Platform.Identity;
using Platform.Identity.Hosting;

try
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
    {
        // Settings lie beside the program, wherever it is started from; watching them would cost a file watcher each.
        ContentRootPath = AppContext.BaseDirectory,
        Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
    });
    if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        builder.WebHost.UseUrls(IdentityOptions.Read(builder.Configuration).PublicUrl.ToString());
    builder.AddIdentity();

    await using var app = builder.Build();
    app.MapIdentity();
    await app.PrepareAsync();
    await app.RunAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
