using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;

namespace Platform.LocalHost.JavaScript;

/// <summary>The resource that brings the packages of an application, and that the application waits for.</summary>
internal static class Installer
{
    /// <summary>Adds it, or changes whether it runs by itself.</summary>
    public static void Set<T>(IResourceBuilder<T> app, bool install)
        where T : JavaScriptAppResource
    {
        var installer = app.Resource.Annotations.OfType<JavaScriptPackageInstallerAnnotation>().FirstOrDefault()?.Resource ?? Add(app);
        foreach (var wait in app.Resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource == installer).ToList())
            app.Resource.Annotations.Remove(wait);
        foreach (var asked in installer.Annotations.OfType<ExplicitStartupAnnotation>().ToList())
            installer.Annotations.Remove(asked);
        var builder = app.ApplicationBuilder.CreateResourceBuilder(installer);
        if (install)
            app.WaitForCompletion(builder);
        else
            builder.WithExplicitStart();
    }

    private static JavaScriptInstallerResource Add<T>(IResourceBuilder<T> app)
        where T : JavaScriptAppResource
    {
        var installer = app.ApplicationBuilder.AddResource(new JavaScriptInstallerResource($"{app.Resource.Name}-installer", app.Resource.WorkingDirectory)).WithParentRelationship(app.Resource);
        installer.WithArgs(context =>
        {
            foreach (var argument in app.Resource.Annotations.OfType<JavaScriptInstallCommandAnnotation>().Last().Args)
                context.Args.Add(argument);
        });
        app.ApplicationBuilder.OnBeforeStart((_, _) =>
        {
            installer.WithCommand(RunScript.ManagerOf(app.Resource)!.ExecutableName).WithWorkingDirectory(app.Resource.WorkingDirectory);
            return Task.CompletedTask;
        });
        app.WithAnnotation(new JavaScriptPackageInstallerAnnotation(installer.Resource));
        return installer.Resource;
    }
}
