using Platform.MailCatcher;

var app = MailCatcherApp.Build(args);
await app.RunAsync();
