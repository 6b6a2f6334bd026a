using Platform.Gateway.Limits;
using Platform.Invocation;

namespace Platform.Gateway.Sites;

/// <summary>Where public pages are, for anybody: knowledge bases and forms of companies, each below the company's short name, and the way in for new companies.</summary>
internal static class SiteEndpoints
{
    private const string Client = "sites-sidecar";
    private const string Robots = "User-agent: *\nDisallow: /api/\nDisallow: /app\nDisallow: /bff/\nDisallow: /q/\nAllow: /kb/\nAllow: /forms/\n";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void AddSites(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SitePage>().AddSingleton<SiteMaps>().AddSingleton<KnowledgeBase>().AddSingleton<LeadFormPage>().AddSingleton<SignupPage>();
        builder.Services.AddSidecarClient(Client, SidecarAddress.From(builder.Configuration), TimeSpan.FromSeconds(15));
        builder.Services.AddSingleton(provider =>
            new SiteDoor(provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client), provider.GetRequiredService<ILogger<SiteDoor>>()));
    }

    public static void MapSites(this IEndpointRouteBuilder endpoints)
    {
        var busy = new RefusalPage(endpoints.ServiceProvider.GetRequiredService<SitePage>().WriteBusyAsync);
        var articles = endpoints.MapGroup("/kb/{site}").AllowAnonymous().WithMetadata(busy).LimitPublicPages(endpoints.ServiceProvider);
        articles.MapMethods("", Reading, (HttpContext context, string site, KnowledgeBase pages) => pages.ListAsync(context, site));
        articles.MapMethods("/{slug}", Reading, (HttpContext context, string site, string slug, KnowledgeBase pages) => pages.ShowAsync(context, site, slug));
        articles.MapMethods("/sitemap.xml", Reading, (HttpContext context, string site, KnowledgeBase pages) => pages.MapAsync(context, site));
        articles.MapMethods("/-/logo", Reading, async (HttpContext context, string site, SiteDoor door, SitePage page) => await WriteAsync(context, page, await door.LogoAsync(context, site)));

        var forms = endpoints.MapGroup("/forms/{site}/{form}").AllowAnonymous().WithMetadata(busy);
        forms.MapMethods("", Reading, (HttpContext context, string site, string form, LeadFormPage pages) => pages.ShowAsync(context, site, form)).LimitPublicPages(endpoints.ServiceProvider);
        forms.MapPost("", (HttpContext context, string site, string form, LeadFormPage pages) => pages.SubmitAsync(context, site, form)).LimitForms(endpoints.ServiceProvider);
        forms.MapMethods("/logo", Reading, async (HttpContext context, string site, string form, SiteDoor door, SitePage page) => await WriteAsync(context, page, await door.LogoAsync(context, site, form)))
            .LimitPublicPages(endpoints.ServiceProvider);

        // How far a sign-up is may be asked as a page may be read; beginning one takes from the same share as its address of REST.
        var signups = endpoints.MapGroup(SignupPage.Path).AllowAnonymous().WithMetadata(busy);
        signups.MapMethods("", Reading, (HttpContext context, SignupPage pages) => pages.ShowAsync(context)).LimitPublicPages(endpoints.ServiceProvider);
        signups.MapPost("", (HttpContext context, SignupPage pages) => pages.SubmitAsync(context)).LimitSignups(endpoints.ServiceProvider);
        signups.MapMethods("/{id}", Reading, (HttpContext context, string id, SignupPage pages) => pages.TellAsync(context, id)).LimitPublicPages(endpoints.ServiceProvider);

        endpoints.MapMethods("/robots.txt", Reading, (HttpContext context) =>
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return SitePage.SendAsync(context, Robots, cached: true);
        }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, SitePage page, SiteAnswer<SiteImage> answer)
    {
        if (answer.Value is not { } image)
            return page.WriteNoneAsync(context, answer.Status);
        context.Response.ContentType = image.ContentType;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return context.Response.Body.WriteAsync(image.Content, context.RequestAborted).AsTask();
    }
}
