using Platform.Identity;
using Platform.Identity.Hosting;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
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
