using Platform.Identity.Hosting;

namespace Platform.Identity.Account;

internal static class AccountRoutes
{
    public static void AddAccount(this IServiceCollection services) => services
        .AddSingleton<AccountView>().AddScoped<AccountGate>()
        .AddScoped<ProfilePage>().AddScoped<SecurityPage>().AddScoped<DevicesPage>().AddScoped<ApplicationsPage>();

    public static void MapAccount(this WebApplication app, RealmAddresses addresses)
    {
        var account = app.MapGroup(addresses.Account);
        account.MapGet("", (ProfilePage page, HttpContext http) => page.Show(http));
        account.MapPost("/profile", (ProfilePage page, HttpContext http) => page.Save(http));
        account.MapGet(AccountView.Security, (SecurityPage page, HttpContext http) => page.Show(http));
        account.MapPost("/password", (SecurityPage page, HttpContext http) => page.ChangePassword(http));
        account.MapPost("/totp/add", (SecurityPage page, HttpContext http) => page.AddDevice(http));
        account.MapPost("/totp/remove", (SecurityPage page, HttpContext http) => page.RemoveDevice(http));
        account.MapPost("/passkeys/add", (SecurityPage page, HttpContext http) => page.AddPasskey(http));
        account.MapPost("/passkeys/remove", (SecurityPage page, HttpContext http) => page.RemovePasskey(http));
        account.MapPost("/recovery-codes", (SecurityPage page, HttpContext http) => page.RenewCodes(http));
        account.MapGet(AccountView.Devices, (DevicesPage page, HttpContext http) => page.Show(http));
        account.MapPost("/sessions/end", (DevicesPage page, HttpContext http) => page.End(http));
        account.MapPost("/sessions/end-others", (DevicesPage page, HttpContext http) => page.EndOthers(http));
        account.MapGet(AccountView.Applications, (ApplicationsPage page, HttpContext http) => page.Show(http));
        account.MapPost("/applications/revoke", (ApplicationsPage page, HttpContext http) => page.Revoke(http));
    }
}
