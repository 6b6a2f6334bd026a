using Platform.Identity.Pages;

namespace Platform.Identity.SignIn;

/// <summary>The pages between an application's request and its answer.</summary>
internal sealed record SignInPages(LoginPage Login, OrganizationPage Organization, ErrorPage Error);
