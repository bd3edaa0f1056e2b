"""The application, where the framework looks for it."""

import pathlib

from masonite.foundation import Application, Kernel

from config.providers import PROVIDERS
from Kernel import Kernel as ApplicationKernel

application = Application(str(pathlib.Path(__file__).parent))
application.register_providers(Kernel, ApplicationKernel)
application.add_providers(*PROVIDERS)
