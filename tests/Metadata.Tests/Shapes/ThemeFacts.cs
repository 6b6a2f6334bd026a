using System.Net;
using System.Net.Http.Json;
using Google.Protobuf;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;

namespace Metadata.Tests.Shapes;

public sealed class ThemeFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    // One pixel.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static readonly byte[] Webp = Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ThemesService.ThemesServiceClient Admin => new(metadata.GrpcFor(_tenant, MetadataFixture.All));

    [Fact]
    public async Task The_platforms_own_colours_can_be_read_and_are_what_a_company_has_that_says_nothing()
    {
        var theme = await Admin.GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: Token);
        Assert.Equal(("platform", ""), (theme.Key, theme.Id));
        // Every pair of them passes.
        await CreateAsync(new Theme { Key = "same", Label = "Same", Light = theme.Light, Dark = theme.Dark });
    }

    [Fact]
    public async Task A_theme_is_made_over_rest_and_the_one_in_use_takes_the_place_of_another()
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/themes", UriKind.Relative), new { key = "green", label = "Green", active = true, radius = 4, light = new { primary = "#0A6B2D", link = "#0a6b2d" } }, Token);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        var active = await Admin.GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: Token);
        Assert.Equal(("green", "#0a6b2d", "#ffffff", 4), (active.Key, active.Light.Primary, active.Light.Surface, active.Radius));
        await CreateAsync(new Theme { Key = "plain", Label = "Plain", Active = true });
        Assert.Equal("plain", (await Admin.GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: Token)).Key);
        Assert.Equal(["plain"], (await Admin.ListThemesAsync(new ListThemesRequest(), cancellationToken: Token)).Themes.Where(theme => theme.Active).Select(theme => theme.Key));
    }

    [Fact]
    public async Task Colours_that_cannot_be_read_are_refused_with_both_of_them_and_their_ratio()
    {
        var refused = await Refusal.OfAsync("THEME_CONTRAST", () => CreateAsync(new Theme { Label = "Pale", Light = new ThemeColors { Text = "#888888", Surface = "#ffffff", Background = "#ffffff" } }));
        Assert.Equal(["theme.light.text", "theme.light.text"], refused.Fields());
        Assert.Contains("text #888888 on background #ffffff has a contrast of 3.54:1 and needs 4.5:1", refused.Status.Detail, StringComparison.Ordinal);
        var edges = await Refusal.OfAsync("THEME_CONTRAST", () => CreateAsync(new Theme { Label = "Edges", Dark = new ThemeColors { Outline = "#333a44" } }));
        Assert.Contains("needs 3.0:1", edges.Status.Detail, StringComparison.Ordinal);
        await CreateAsync(new Theme { Label = "Enough", Light = new ThemeColors { MutedText = "#767676", Surface = "#ffffff", Background = "#ffffff" } });
        Assert.Equal(["theme.light.text"], (await Refusal.OfAsync("INVALID_ARGUMENT", () => CreateAsync(new Theme { Label = "No colour", Light = new ThemeColors { Text = "black" } }))).Fields());
    }

    [Fact]
    public async Task A_logo_is_taken_for_what_its_bytes_are()
    {
        var theme = await CreateAsync(new Theme { Key = "own", Label = "Own" });
        Assert.Equal("", theme.LogoType);
        var branded = await BrandAsync(theme, Png);
        Assert.Equal("image/png", branded.LogoType);
        Assert.NotEqual(theme.Etag, branded.Etag);
        using var rest = metadata.RestFor(_tenant, "metadata.read");
        using var image = await rest.GetAsync(new Uri($"/api/v1/metadata/themes/{theme.Id}/logo", UriKind.Relative), Token);
        Assert.Equal("image/png", image.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Png, await image.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("image/webp", (await BrandAsync(theme, Webp)).LogoType);
        await Refusal.OfAsync("LOGO_UNREADABLE", () => BrandAsync(theme, "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()));
        await Refusal.OfAsync("LOGO_UNREADABLE", () => BrandAsync(theme, Png[..^4]));
        // A page at the end of an image is a page to some readers.
        await Refusal.OfAsync("LOGO_UNREADABLE", () => BrandAsync(theme, [.. Png, .. "<script>"u8]));
        await Refusal.OfAsync("LOGO_TOO_LARGE", () => BrandAsync(theme, new byte[(256 * 1024) + 1]));
        Assert.Equal("", (await BrandAsync(theme, [])).LogoType);
        using var gone = await rest.GetAsync(new Uri($"/api/v1/metadata/themes/{theme.Id}/logo", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var history = await metadata.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("metadata.theme", theme.Id, atLeast: 4);
        Assert.Equal(["create", "brand", "brand", "brand"], history.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Another_company_sees_nothing_and_only_administrators_write()
    {
        var theme = await CreateAsync(new Theme { Key = "own", Label = "Own", Active = true });
        await BrandAsync(theme, Png);
        var other = new ThemesService.ThemesServiceClient(metadata.GrpcFor(Guid.CreateVersion7(), MetadataFixture.All));
        Assert.Equal("platform", (await other.GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: Token)).Key);
        await Refusal.OfAsync("NOT_FOUND", async () => await other.GetThemeLogoAsync(new GetThemeLogoRequest { ThemeId = theme.Id }, cancellationToken: Token));
        await Refusal.OfAsync("NOT_FOUND", async () => await other.BrandThemeAsync(new BrandThemeRequest { Id = theme.Id }, cancellationToken: Token));
        var reader = new ThemesService.ThemesServiceClient(metadata.GrpcFor(_tenant, "metadata.read"));
        await Refusal.OfAsync("PERMISSION_DENIED", async () => await reader.UpdateThemeAsync(new UpdateThemeRequest { Theme = new Theme { Id = theme.Id, Label = "x" } }, cancellationToken: Token));
        await Admin.DeleteThemeAsync(new DeleteThemeRequest { Id = theme.Id }, cancellationToken: Token);
        Assert.Equal("platform", (await Admin.GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: Token)).Key);
    }

    private async Task<Theme> CreateAsync(Theme theme) => await Admin.CreateThemeAsync(new CreateThemeRequest { Theme = theme }, cancellationToken: Token);

    private async Task<Theme> BrandAsync(Theme theme, byte[] logo) => await Admin.BrandThemeAsync(new BrandThemeRequest { Id = theme.Id, Logo = ByteString.CopyFrom(logo) }, cancellationToken: Token);
}
